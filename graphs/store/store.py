"""The store as the pipeline sees it: one transaction an article, and the ledger beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from extractors.records import Article, Concept, Course, Evidence, Mention, Sentence, Study
from graphs.store import articles, concepts, ledger
from graphs.store.connection import connect, explained


class Store:
    """A store's file, open for writing by one process or for reading by many.

    Raises InputError for what is not a store (or a newer one), SiccaError for a file that is locked, may not be
    written or is on a full disk. Use it in a `with`; what a question reads through `connection` is explained too.
    """

    def __init__(self, path: str | Path, *, readonly: bool = False) -> None:
        self.path = Path(path)
        self.connection: sqlite3.Connection = connect(self.path, readonly=readonly)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        if isinstance(error, sqlite3.DatabaseError):
            with explained(self.path):
                raise error

    def close(self) -> None:
        """Close the file; the write-ahead log is folded in by the last to close."""
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Hold one transaction: all of it is written, or, where anything is raised, nothing."""
        with explained(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                # A full disk has rolled back by itself.
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def put(
        self,
        article: Article,
        sentences: Iterable[Sentence],
        mentions: Iterable[Mention],
        evidence: Iterable[Evidence],
        courses: Iterable[Course],
        study: Study,
        *,
        stage_key: str,
        raw_hash: str = "",
    ) -> None:
        """Store an article with all that was read off it, in the place of what was there before."""
        with self.transaction() as connection:
            articles.put(connection, article, sentences, mentions, evidence, courses, study)
            ledger.write(connection, ledger.Extracted(article.id, raw_hash, stage_key, "done"))

    def quarantine(
        self, article: Article, error: str, traceback: str = "", *, stage_key: str, raw_hash: str = ""
    ) -> None:
        """Store an article that broke an extractor, with the reason and without anything read off it."""
        with self.transaction() as connection:
            articles.put(connection, article, (), (), (), (), Study(article.id))
            state = ledger.Extracted(article.id, raw_hash, stage_key, "quarantined", error, traceback)
            ledger.write(connection, state)

    def delete(self, article_id: str) -> bool:
        """Delete an article and all that was read off it; returns whether the store held it."""
        with self.transaction() as connection:
            ledger.forget(connection, article_id)
            return articles.delete(connection, article_id)

    def counts(self) -> tuple[tuple[str, int], ...]:
        """Return how many articles, claims, evidence and courses the store holds."""
        return tuple(
            (table, int(self.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]))  # noqa: S608
            for table in ("article", "claim", "evidence", "course")
        )

    def concept_ids(self) -> tuple[str, ...]:
        """Return the CURIEs of the concepts that mentions and claims name, sorted."""
        rows = self.connection.execute(
            "SELECT concept FROM mention WHERE concept IS NOT NULL"
            " UNION SELECT concept FROM node WHERE concept IS NOT NULL ORDER BY 1"
        )
        return tuple(concept for (concept,) in rows)

    def put_concepts(self, found: Iterable[Concept]) -> None:
        """Add or replace concepts with their names and parents; those unchanged cost one look-up."""
        with self.transaction() as connection:
            concepts.put(connection, found)

    def extracted_key(self, article_id: str) -> str | None:
        """Return the key of what last read the article without failing, None where it must be read."""
        state = ledger.read(self.connection, article_id)
        return state.stage_key if state and state.status == "done" else None

    def extracted(self, article_id: str) -> ledger.Extracted | None:
        """Return an article's state, None for one never seen."""
        return ledger.read(self.connection, article_id)

    def quarantined(self) -> tuple[ledger.Extracted, ...]:
        """Return the articles that broke an extractor, sorted by id."""
        return tuple(ledger.read_all(self.connection, status="quarantined"))

    def record_run(self, manifest: str) -> int:
        """Write a run's manifest (JSON) and what each claim has become; returns the run's number, from 1 up."""
        with self.transaction() as connection:
            return ledger.write_run(connection, manifest)

    def runs(self) -> tuple[tuple[int, str], ...]:
        """Return (number, manifest) of every run, oldest first."""
        return tuple(ledger.read_runs(self.connection))
