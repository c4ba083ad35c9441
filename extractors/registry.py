"""The folder is the registry: a module in `extractors/claims/` that has a `build` is a claim extractor.

A config names the extractors to use; an unknown name is answered with the list of known ones.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from typing import Protocol

from extractors.document import Document
from extractors.errors import ConfigError
from extractors.records import Course, Evidence, Mention, Study

#: The folders that hold extractors, and what a module in them offers.
KINDS = ("mentions", "claims")


class MentionExtractor(Protocol):
    """Finds mentions in a document; `document.mentions` is what earlier recognisers found."""

    name: str

    def extract(self, document: Document) -> Iterable[Mention]: ...


class ClaimExtractor(Protocol):
    """Reads claims off a document whose mentions are known."""

    name: str

    def extract(self, document: Document) -> Iterable[Evidence]: ...


class CourseExtractor(Protocol):
    """Reads treatment courses off a document whose mentions are known."""

    def extract(self, document: Document) -> Iterable[Course]: ...


class StudyExtractor(Protocol):
    """Reads the study's design and size off a document."""

    def extract(self, document: Document) -> Study: ...


def available(kind: str) -> tuple[str, ...]:
    """Return the names of the extractors of a kind, sorted."""
    folder = importlib.import_module(f"extractors.{kind}")
    names = (module.name for module in pkgutil.iter_modules(folder.__path__))
    return tuple(sorted(n for n in names if hasattr(importlib.import_module(f"extractors.{kind}.{n}"), "build")))


def build(kind: str, name: str, settings: Mapping[str, object]) -> MentionExtractor | ClaimExtractor:
    """Build the named extractor from its settings.

    Raises ConfigError where the name is unknown or a setting is.
    """
    names = available(kind)
    if name not in names:
        raise ConfigError(f"{name!r} is not one of the {kind} extractors; available: {', '.join(names)}")
    module = importlib.import_module(f"extractors.{kind}.{name}")
    extractor: MentionExtractor | ClaimExtractor = module.build(**settings)
    return extractor
