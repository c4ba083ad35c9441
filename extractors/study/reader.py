"""The study behind an article: design, participants, registrations, species."""

from __future__ import annotations

from extractors.document import Document
from extractors.records import Study


class StudyReader:
    """Reads the study's facts off a document."""

    def extract(self, document: Document) -> Study:
        """Return the study of an article."""
        return Study(document.article.id)
