"""Treatment courses: who was given what, in which order, and what came of it."""

from extractors.courses.finder import CourseFinder

__all__ = ["CourseFinder"]
