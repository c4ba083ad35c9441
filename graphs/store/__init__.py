"""The place of record: one SQLite file. All SQL of the project is in this package; everything else is a view."""

from graphs.store.store import Store

__all__ = ["Store"]
