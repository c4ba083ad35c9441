"""The folder is the registry: a module in `extractors/claims/` that has a `build` is a claim extractor.

A config names the extractors to use; an unknown name is answered with the list of known ones.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from extractors.document import Document
from extractors.errors import ConfigError
from extractors.optional import is_missing
from extractors.records import Course, Evidence, Mention, Study


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
    return tuple(sorted(n for n in names if _has_build(f"extractors.{kind}.{n}")))


def build_mentions(name: str, options: Mapping[str, object]) -> MentionExtractor:
    """Build a mention extractor by its name; raises ConfigError where name or option is unknown."""
    extractor: MentionExtractor = _build("mentions", name, options)
    return extractor


def build_claims(name: str, options: Mapping[str, object]) -> ClaimExtractor:
    """Build a claim extractor by its name; raises ConfigError where name or option is unknown."""
    extractor: ClaimExtractor = _build("claims", name, options)
    return extractor


def build_courses(options: Mapping[str, object]) -> CourseExtractor:
    """Build the extractor of courses.

    Raises ConfigError where an option is unknown, or a library that the encoder needs is not installed.
    """
    finder = importlib.import_module("extractors.courses").CourseFinder
    _check(finder, "courses", options)
    extractor: CourseExtractor = finder(**options)
    return extractor


def _has_build(name: str) -> bool:
    try:
        return hasattr(importlib.import_module(name), "build")
    except ModuleNotFoundError as error:
        if not is_missing(error):
            raise
        return False  # a part of the encoder, which is no extractor by itself


def _build(kind: str, name: str, options: Mapping[str, object]) -> Any:
    """Import the named module only: an unused extractor's weights and libraries stay unread."""
    try:
        module = importlib.import_module(f"extractors.{kind}.{name}") if name.isidentifier() else None
    except ModuleNotFoundError as error:
        if error.name != f"extractors.{kind}.{name}":
            raise
        module = None
    if module is None or not hasattr(module, "build"):
        known = ", ".join(available(kind))
        raise ConfigError(f"extraction.{kind}: {name!r} is not one of the extractors; available: {known}")
    _check(module.build, name, options)
    return module.build(**options)


def _check(build: Callable[..., object], name: str, options: Mapping[str, object]) -> None:
    accepted = inspect.signature(build).parameters
    for option, value in options.items():
        if option not in accepted:
            known = ", ".join(accepted) or "none"
            raise ConfigError(f"extraction.options.{name}: {option!r} is not an option; known options: {known}")
        if isinstance(accepted[option].default, bool) and not isinstance(value, bool):
            raise ConfigError(f"extraction.options.{name}.{option}: {value!r} is neither true nor false")
