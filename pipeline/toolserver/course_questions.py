"""The tools that ask for treatment courses."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from graphs import query
from graphs.query import TYPES
from pipeline.toolserver import results, rows
from pipeline.toolserver.asking import Questioner
from pipeline.toolserver.claim_questions import Limit, Name

Reason = Literal["refractory", "relapse", "intolerant", "contraindicated"]


class CourseQuestions:
    """What was given after what."""

    def __init__(self, questioner: Questioner) -> None:
        self._ask = questioner.ask

    def after_failure(
        self,
        drug: Annotated[str, Field(max_length=200, description="The drug or class that failed, its kinds included.")],
        reason: Annotated[Reason | None, Field(description="Why it was left.")] = None,
        disease: Annotated[str | None, Field(max_length=200, description="Only in this condition.")] = None,
        strict: Annotated[bool, Field(description="Only courses whose text names the drug among those before.")] = True,
        limit: Limit = 20,
    ) -> results.AfterFailure:
        """What was given after a drug had failed, in how many patients, and what came of it."""
        with self._ask() as asking:
            failed = asking.topic(drug, TYPES["drug"])
            condition = asking.topic(disease, TYPES["disease"]) if disease else None
            found = query.after_failure(
                asking.connection, failed, condition=condition, reason=reason, strict=strict, limit=limit + 1
            )
            return results.AfterFailure(
                **asking.head(more=len(found) > limit),
                strict=[rows.course(row.course) for row in found[:limit] if row.course],
                loose=[rows.evidence(row.claim) for row in found[:limit] if row.claim],
            )

    def combinations(
        self,
        drug: Name,
        disease: Annotated[str | None, Field(max_length=200, description="Courses of this condition only.")] = None,
        limit: Limit = 20,
    ) -> results.Combinations:
        """What a drug is combined with, and what is given before and after it."""
        with self._ask() as asking:
            topic = asking.topic(drug, TYPES["drug"])
            condition = asking.topic(disease, TYPES["disease"]) if disease else None
            found, given = query.combinations(asking.connection, topic, condition=condition)
            return results.Combinations(
                **asking.head(more=max(len(found), len(given)) > limit),
                claims=[rows.claim_row(answer.claim, answer.source) for answer in found[:limit]],
                courses=[rows.course(source) for source in given[:limit]],
            )
