"""A run's graph for notebooks and scripts: the questions of graphs/query.py with names typed as you would say them.

    from graphs.notebook import Graph
    graph = Graph("runs/sample")
    graph.treatments("cryoglobulinaemic vasculitis")

Each answer is a sequence of records that shows itself as a table in Jupyter and turns into a data frame.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar, overload

from extractors.errors import InputError
from extractors.values import MentionType, Predicate
from graphs import explanation, paths, query, retractions
from graphs.answers import CourseSource, Source
from graphs.contradictions import Contradiction
from graphs.display import frames, html, tabulate
from graphs.query import TYPES
from graphs.store import Store
from graphs.tables.kinds import KINDS
from graphs.tables.table import Table
from graphs.topics import Topic, understand

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Answers(Sequence[T], Generic[T]):
    """The records that answer a question, the table they make, and how the names were understood."""

    records: tuple[T, ...]
    table: Table
    topics: tuple[Topic, ...] = ()

    def __len__(self) -> int:
        return len(self.records)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        return self.records[place]

    def __iter__(self) -> Iterator[T]:
        return iter(self.records)

    def __repr__(self) -> str:
        return f"<{self.table.title}: {len(self.records)} found>"

    def _repr_html_(self) -> str:
        notes = "".join(f"<p><small>{html.escape(topic.note)}</small></p>" for topic in self.topics if topic.note)
        return notes + html.table(self.table)

    def to_pandas(self) -> Any:
        """Return the table as a pandas DataFrame; raises SiccaError where pandas is not installed."""
        return frames.to_pandas(self.table)

    def to_polars(self) -> Any:
        """Return the table as a polars DataFrame; raises SiccaError where polars is not installed."""
        return frames.to_polars(self.table)


class Graph:
    """A run's graph, open for reading until `close`; give the folder of the run or its sicca.db.

    Raises InputError for what holds no store, and each question for a name that nothing in the store has.
    """

    def __init__(self, run: str | Path) -> None:
        path = Path(run)
        self.store = Store(path / "sicca.db" if path.is_dir() else path, readonly=True)
        self._connection = self.store.connection

    def __enter__(self) -> Graph:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def treatments(self, disease: str, *, verdicts: Sequence[str] = (), limit: int = -1) -> Answers[query.Answer]:
        """Return what is given for a disease or its kinds, most believed first; null results included."""
        topic = self._topic(disease, "disease")
        found = query.treatments(self._connection, topic, verdicts=verdicts, limit=limit)
        return Answers(found, tabulate.answers(found, f"Treatments of {topic.name}"), (topic,))

    def after_failure(
        self, drug: str, *, condition: str | None = None, reason: str | None = None, strict: bool = True
    ) -> Answers[query.AfterFailure]:
        """Return what was given after a drug had failed."""
        topic, other = self._topic(drug, "drug"), self._topic(condition, "disease") if condition else None
        found = query.after_failure(self._connection, topic, condition=other, reason=reason, strict=strict)
        title = f"After failure of {topic.name}"
        return Answers(found, tabulate.after_failure(found, title), tuple(t for t in (topic, other) if t))

    def outcomes(self, drug: str, *, endpoint: str | None = None) -> Answers[query.Answer]:
        """Return what a drug does to each endpoint, "no difference" included."""
        topic, other = self._topic(drug, "drug"), self._topic(endpoint, "endpoint") if endpoint else None
        found = query.outcomes(self._connection, topic, endpoint=other)
        title = f"Outcomes of {topic.name}"
        return Answers(found, tabulate.answers(found, title), tuple(t for t in (topic, other) if t))

    def adverse_events(self, drug: str) -> Answers[query.Answer]:
        """Return the harms a drug is said to do or not to do."""
        topic = self._topic(drug, "drug")
        found = query.adverse_events(self._connection, topic)
        return Answers(found, tabulate.answers(found, f"Adverse events of {topic.name}"), (topic,))

    def combinations(self, drug: str) -> Answers[query.Answer]:
        """Return what a drug is combined with, preceded and followed by; `courses` has the courses."""
        topic = self._topic(drug, "drug")
        found, _ = query.combinations(self._connection, topic)
        return Answers(found, tabulate.answers(found, f"Combinations with {topic.name}"), (topic,))

    def courses(self, drug: str, *, condition: str | None = None) -> Answers[CourseSource]:
        """Return the courses of several drugs that have this one among them."""
        topic, other = self._topic(drug, "drug"), self._topic(condition, "disease") if condition else None
        _, found = query.combinations(self._connection, topic, condition=other)
        title = f"Courses with {topic.name}"
        return Answers(found, tabulate.courses(found, title), tuple(t for t in (topic, other) if t))

    def predictors(self, outcome: str) -> Answers[query.Answer]:
        """Return what predicts a disease or an outcome."""
        topic = self._topic(outcome)
        found = query.predictors(self._connection, topic)
        return Answers(found, tabulate.answers(found, f"Predictors of {topic.name}"), (topic,))

    def evidence(
        self,
        subject: str | None = None,
        object: str | None = None,  # noqa: A002 (the claim's word)
        *,
        predicates: Sequence[Predicate | str] = (),
    ) -> Answers[Source]:
        """Return every sentence that states a claim between two things; either may be left open.

        Raises InputError where both are, or for a predicate there is not.
        """
        if not subject and not object:
            raise InputError("evidence: give a subject, an object or both")
        unknown = [name for name in predicates if name not in set(Predicate)]
        if unknown:
            raise InputError(f"{unknown[0]!r}: no predicate; there are {', '.join(Predicate)}")
        ends = [self._topic(name) if name else None for name in (subject, object)]
        asked = tuple(Predicate(name) for name in predicates)
        found = query.evidence(self._connection, subject=ends[0], object=ends[1], predicates=asked)
        title = f"Evidence: {' – '.join(end.name if end else 'anything' for end in ends)}"
        return Answers(found, tabulate.evidence(found, title), tuple(end for end in ends if end))

    def paths(self, start: str, end: str, *, via: Sequence[str] = (), limit: int = 3) -> Answers[paths.Path]:
        """Return the best chains of claims from one thing to another, fewest gaps first."""
        topics = tuple(self._topic(name) for name in (start, *via, end))
        found = query.mechanism_paths(self._connection, topics[0], topics[-1], via=topics[1:-1], limit=limit)
        return Answers(found, tabulate.paths(found, f"From {topics[0].name} to {topics[-1].name}"), topics)

    def contradictions(self, about: str | None = None, *, limit: int = -1) -> Answers[Contradiction]:
        """Return the claims whose evidence points both ways."""
        topic = self._topic(about) if about else None
        found = query.contradictions(self._connection, topic, limit=limit)
        title = f"Contradictions about {topic.name}" if topic else "Contradictions"
        return Answers(found, tabulate.contradictions(found, title), (topic,) if topic else ())

    def retractions(self, notice: str = "retracted") -> Answers[retractions.Loss]:
        """Return what claims lose by retractions, or would lose by concerns or corrections."""
        if notice not in retractions.NOTICES:
            raise InputError(f"{notice!r}: no such notice; there are {', '.join(retractions.NOTICES)}")
        found = query.lost_by_retraction(self._connection, notice)
        return Answers(found, tabulate.losses(found, f"Lost by articles that are {notice}"))

    def explain(self, *claim: str) -> explanation.Explanation:
        """Return where every number of a claim comes from; by its id, or subject, predicate, object."""
        (first, *_) = explanation.find_claims(self._connection, tuple(word for part in claim for word in part.split()))
        return explanation.explain(self._connection, first)

    def names(self, words: str = "", *, limit: int = 100) -> Answers[query.Named]:
        """Return what the graph speaks of, most first."""
        found = query.names(self._connection, words, limit=limit)
        rows = ((n.name, n.type, n.claims, n.id) for n in found)
        return Answers(found, tabulate.rows_of("names", "Names", ("name", "type", "claims", "id"), rows))

    def gaps(self, disease: str, *, limit: int = 20) -> Answers[query.Gap]:
        """Return the treatments written of beside a disease without a finding on whether they help."""
        topic = self._topic(disease, "disease")
        found = query.gaps(self._connection, topic, limit=limit)
        rows = ((g.name, g.articles, g.said or "nothing", g.id) for g in found)
        columns = ("treatment", "articles", "said", "id")
        return Answers(found, tabulate.rows_of("gaps", f"Open questions in {topic.name}", columns, rows), (topic,))

    def statistics(self) -> Answers[tuple[str, str, int]]:
        """Return what the store holds."""
        found = query.statistics(self._connection)
        return Answers(found, tabulate.rows_of("statistics", "What the store holds", ("what", "value", "count"), found))

    def table(self, kind: str) -> Table:
        """Return an evidence table; raises InputError for a kind there is not."""
        if kind not in KINDS:
            raise InputError(f"{kind!r}: no such table; there are {', '.join(KINDS)}")
        return KINDS[kind][0](self._connection)

    def _topic(self, name: str, kind: str = "") -> Topic:
        types: tuple[MentionType, ...] = TYPES.get(kind, ())
        return understand(self._connection, name, types=types)
