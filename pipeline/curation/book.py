"""The judgements of a run's readers, one JSON line each in `curation.jsonl`; a run never touches the file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from filelock import FileLock

from extractors.errors import InputError, SiccaError
from extractors.records import Course, Evidence, Span
from pipeline.curation.judgement import Judgement, check, from_json, of_course, of_evidence

#: The file, in the run's folder.
NAME = "curation.jsonl"


class Book:
    """The judgements that count: the latest of each reading and course."""

    def __init__(self, judgements: Iterable[Judgement] = ()) -> None:
        self._latest: dict[tuple[str, str, str, Span], Judgement] = {}
        for judgement in judgements:
            self._latest[judgement.key] = judgement
        self._by_place: dict[tuple[str, str, str], list[Judgement]] = {}
        for judgement in self._latest.values():
            place = judgement.kind, judgement.article, judgement.about
            self._by_place.setdefault(place, []).append(judgement)

    def __len__(self) -> int:
        return len(self._latest)

    def __iter__(self) -> Iterator[Judgement]:
        return iter(self._latest.values())

    @property
    def claims(self) -> frozenset[str]:
        """The ids of the claims of which a reading was judged."""
        return frozenset(judgement.about for judgement in self._latest.values() if judgement.kind == "claim")

    def of_evidence(self, evidence: Evidence, quote: str) -> Judgement | None:
        """Return what is said of a reading: of its sentence where it stands or, in a revised record, stood."""
        return self._of("claim", *of_evidence(evidence), evidence.sentence, quote)

    def of_course(self, course: Course, quote: str) -> Judgement | None:
        """Return what is said of a course."""
        return self._of("course", *of_course(course), course.sentence, quote)

    def _of(self, kind: str, article: str, about: str, span: Span, quote: str) -> Judgement | None:
        found = self._by_place.get((kind, article, about), [])
        exact = [judgement for judgement in found if judgement.span == span and judgement.quote == quote]
        moved = [judgement for judgement in found if judgement.quote == quote]
        return (exact or moved)[-1] if exact or moved else None


def read(run: Path) -> Book:
    """Read a run's judgements; an empty book where nobody has judged.

    Raises InputError that names the line that is no judgement.
    """
    path = run / NAME
    if not path.exists():
        return Book()
    judgements = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if line.strip():
            try:
                judgements.append(from_json(line))
            except InputError as error:
                raise InputError(f"{path}:{number}: {error}") from error
    return Book(judgements)


def append(run: Path, judgement: Judgement) -> None:
    """Write a judgement to the end of the file; it is on the disk when this returns.

    Raises InputError for a judgement that the guidelines do not know, SiccaError where the file cannot be written.
    """
    check(judgement)
    path = run / NAME
    try:
        with FileLock(f"{path}.lock", timeout=10), path.open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(judgement.to_json() + "\n")
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise SiccaError(f"{path}: cannot be written: {error.strerror or error}") from error
