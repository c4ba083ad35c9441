"""Libraries that only some exports need, imported when they are used."""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import Any

from extractors.errors import SiccaError


def load(module: str, *, extra: str) -> Any:
    """Return a module; raises SiccaError that names the extra to install where it is missing."""
    try:
        found: ModuleType = importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or not module.startswith(error.name):
            raise
        raise SiccaError(f"{module.split('.')[0]} is not installed; run: pip install 'sicca[{extra}]'") from error
    return found
