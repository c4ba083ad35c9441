"""Treatment courses: who was given what, in which order, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.document import Document
from extractors.records import Course


class CourseFinder:
    """Reads treatment courses off a document whose mentions are known."""

    def extract(self, document: Document) -> Iterable[Course]:
        """Return the courses of an article."""
        return ()
