"""Parts that run on libraries which may be missing: imported where asked for, with a plain word if one is missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from extractors.errors import ConfigError

Part = TypeVar("Part")

#: What the encoder runs on.
LIBRARIES = frozenset({"onnxruntime", "tokenizers"})


def load_encoder(option: str, load: Callable[[], Part]) -> Part:
    """Return what `load` imports and builds.

    Raises ConfigError that names the option where a library is not installed.
    """
    try:
        return load()
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in LIBRARIES:
            raise
        raise ConfigError(
            f"{option}: {error.name} is not installed; run pip install onnxruntime tokenizers, or set encoder = false"
        ) from None
