"""What the tools answer with, as types that become the output schemas."""

from __future__ import annotations

from typing import TypedDict

from pydantic import Field

from pipeline.toolserver.parts import (
    ChangeRow,
    ClaimRow,
    ContradictionRow,
    Count,
    CourseRow,
    Direction,
    EvidenceRow,
    Found,
    GapRow,
    LossRow,
    NameRow,
    Path,
    Reading,
    Result,
    Understood,
)


class Head(TypedDict):
    """The fields of `Answer`, to begin any answer with."""

    understood: list[Understood]
    more: bool
    note: str


class Answer(Result):
    """The head of every answer."""

    understood: list[Understood]
    more: bool = Field(description="The limit cut rows off; ask with a higher one, or more narrowly.")
    note: str = Field(description="What must be known to read the answer right; may be empty.")


class Claims(Answer):
    """Claims, in the order of the question."""

    rows: list[ClaimRow]


class EvidenceRows(Answer):
    """Sentences, claim by claim; those of retracted articles last."""

    rows: list[EvidenceRow]


class AfterFailure(Answer):
    """Strict: courses whose text names the failed drug. Loose: claims of abstracts that call the disease refractory."""

    strict: list[CourseRow]
    loose: list[EvidenceRow]


class Combinations(Answer):
    """What a drug is combined with, preceded and followed by."""

    claims: list[ClaimRow]
    courses: list[CourseRow]


class Paths(Answer):
    """Paths, fewest gaps first."""

    rows: list[Path]


class Contradictions(Answer):
    """Contradictions, the weightiest first."""

    rows: list[ContradictionRow]


class Losses(Answer):
    """What claims lose, turned verdicts first."""

    rows: list[LossRow]


class Changes(Answer):
    """Changes, the greatest first."""

    rows: list[ChangeRow]


class Silence(Answer):
    """How much was looked at for a claim between two things, and what of it was found."""

    articles_first: int
    articles_second: int
    articles_both: int
    sentences_both: int
    claims_between: int
    claims: list[str] = Field(description="Ids, for the tool `explain`.")
    sentences: list[Found]


class Names(Answer):
    """Names, those with most claims first."""

    rows: list[NameRow]


class Statistics(Answer):
    """What the store holds."""

    rows: list[Count]


class Gaps(Answer):
    """Gaps, the most written of first."""

    rows: list[GapRow]


class Explanation(Answer):
    """How a claim's verdict and belief are reckoned."""

    claim: ClaimRow
    directions: list[Direction]
    readings: list[Reading]
