"""Parts that run on libraries which may be missing: imported where asked for, with a plain word if one is missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from extractors.errors import ConfigError

Part = TypeVar("Part")

#: What the encoder runs on.
LIBRARIES = frozenset({"onnxruntime", "tokenizers"})


def is_missing(error: ModuleNotFoundError) -> bool:
    """Whether what could not be imported is one of the encoder's libraries."""
    return (error.name or "").partition(".")[0] in LIBRARIES


def load_encoder(option: str, load: Callable[[], Part]) -> Part:
    """Return what `load` imports and builds.

    Raises ConfigError that names the option where a library is not installed.
    """
    try:
        return load()
    except ModuleNotFoundError as error:
        if not is_missing(error):
            raise
        raise ConfigError(
            f"{option}: {error.name} is not installed; run pip install onnxruntime tokenizers, or set encoder = false"
        ) from None
