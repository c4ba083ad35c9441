"""The study behind an article: design, participants, registrations, species."""

from extractors.study.reader import StudyReader

__all__ = ["StudyReader"]
