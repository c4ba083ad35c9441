"""The tools that ask for claims, each by the function of graphs/ that the `sicca ask` command of its name asks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from extractors.errors import InputError
from extractors.values import Predicate
from graphs import explanation, query
from graphs.query import TYPES
from pipeline.toolserver import parts, results, rows
from pipeline.toolserver.asking import Asking, Questioner

Name = Annotated[
    str, Field(max_length=200, description="As a person would type it (Sjogren, BLyS, anti-CD20), or a CURIE.")
]
Limit = Annotated[int, Field(ge=1, le=100, description="Rows at most.")]
Verdict = Literal["effective", "ineffective", "mixed", "denied", "unspecified", "investigated"]


class ClaimQuestions:
    """What is said of a treatment, an outcome, a claim."""

    def __init__(self, questioner: Questioner) -> None:
        self._ask = questioner.ask

    def treatments(
        self,
        disease: Name,
        verdicts: Annotated[list[Verdict] | None, Field(description="Only these verdicts.")] = None,
        limit: Limit = 20,
    ) -> results.Claims:
        """What is given for a condition (its kinds included), and with what effect; null results included."""
        with self._ask() as asking:
            topic = asking.topic(disease, TYPES["disease"])
            found = query.treatments(asking.connection, topic, verdicts=verdicts or (), limit=limit + 1)
            return _claims(asking, found, limit)

    def outcomes(
        self,
        drug: Name,
        endpoint: Annotated[str | None, Field(max_length=200, description="Only this: ESSDAI, salivary flow …")] = None,
        limit: Limit = 20,
    ) -> results.Claims:
        """What a drug does to each endpoint, "no difference" included."""
        with self._ask() as asking:
            topic = asking.topic(drug, TYPES["drug"])
            measured = asking.topic(endpoint, TYPES["endpoint"]) if endpoint else None
            found = query.outcomes(asking.connection, topic, endpoint=measured)
            return _claims(asking, found, limit)

    def adverse_events(self, drug: Name, limit: Limit = 20) -> results.Claims:
        """The harms a drug is said to do, or not to do (verdict "denied")."""
        with self._ask() as asking:
            found = query.adverse_events(asking.connection, asking.topic(drug, TYPES["drug"]), limit=limit + 1)
            return _claims(asking, found, limit)

    def predictors(self, outcome: Name, limit: Limit = 20) -> results.Claims:
        """What predicts a disease or an outcome; verdict "negative" means less of it."""
        with self._ask() as asking:
            found = query.predictors(asking.connection, asking.topic(outcome), limit=limit + 1)
            return _claims(asking, found, limit)

    def evidence(
        self,
        subject: Annotated[str | None, Field(max_length=200, description="Who does it; may be left open.")] = None,
        object: Annotated[str | None, Field(max_length=200, description="To whom; may be left open.")] = None,  # noqa: A002
        predicates: Annotated[list[Predicate] | None, Field(description="Only these predicates.")] = None,
        limit: Limit = 20,
    ) -> results.EvidenceRows:
        """Every sentence behind a claim, or behind all claims between two things; retracted articles last, marked."""
        with self._ask() as asking:
            if not subject and not object:
                raise InputError("give subject, object or both")
            ends = [asking.topic(name) if name else None for name in (subject, object)]
            found = query.evidence(
                asking.connection, subject=ends[0], object=ends[1], predicates=tuple(predicates or ())
            )
            return results.EvidenceRows(
                **asking.head(more=len(found) > limit),
                rows=[rows.evidence(source) for source in found[:limit]],
            )

    def explain(
        self,
        claim: Annotated[str, Field(max_length=64, description="The id of a claim, as another tool gave it.")],
        limit: Limit = 20,
    ) -> results.Explanation:
        """Where every number of a claim comes from: each sentence's axes, each witness, each direction."""
        with self._ask() as asking:
            if not claim.strip():
                raise InputError("an empty id; give the id of a claim, as another tool gave it")
            first, *others = explanation.find_claims(asking.connection, (claim.strip(),))
            told = explanation.explain(asking.connection, first)
            note = f"{len(others) + 1} claims begin so; this is the most believed" if others else asking.note
            return results.Explanation(
                **(asking.head(more=len(told.lines) > limit) | {"note": note}),
                claim=rows.claim_row(first, told.lines[0].source),
                directions=[
                    parts.Direction(direction=way, belief=round(value, 4)) for way, value in told.belief.directions
                ],
                readings=[rows.reading(line) for line in told.lines[:limit]],
            )


def _claims(asking: Asking, found: tuple[query.Answer, ...], limit: int) -> results.Claims:
    return results.Claims(
        **asking.head(more=len(found) > limit),
        rows=[rows.claim_row(answer.claim, answer.source) for answer in found[:limit]],
    )
