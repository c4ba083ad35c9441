"""The tools that ask of the graph as a whole."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from graphs import query
from graphs.query import TYPES
from pipeline.toolserver import parts, results, rows
from pipeline.toolserver.asking import Questioner
from pipeline.toolserver.claim_questions import Limit, Name


class GraphQuestions:
    """What the graph as a whole says, and what it does not."""

    def __init__(self, questioner: Questioner) -> None:
        self._ask = questioner.ask

    def mechanism_path(
        self,
        start: Name,
        end: Name,
        via: Annotated[list[str] | None, Field(max_length=3, description="Through these, in order.")] = None,
        hops: Annotated[int, Field(ge=1, le=4, description="Hops at most, of each leg.")] = 4,
        limit: Annotated[int, Field(ge=1, le=10, description="Paths at most.")] = 3,
    ) -> results.Paths:
        """The mechanism from one thing to another, hop by hop, a sentence for each; unsupported hops are gaps."""
        with self._ask() as asking:
            topics = [asking.topic(name) for name in (start, *(via or ()), end)]
            found = query.mechanism_paths(
                asking.connection, topics[0], topics[-1], via=topics[1:-1], most_hops=hops, limit=limit + 1
            )
            return results.Paths(
                **asking.head(more=len(found) > limit),
                rows=[rows.path(chain) for chain in found[:limit]],
            )

    def contradictions(
        self,
        about: Annotated[str | None, Field(max_length=200, description="Only claims with this at an end.")] = None,
        limit: Limit = 20,
    ) -> results.Contradictions:
        """Claims whose evidence points both ways, with both sentences and the factor that differs."""
        with self._ask() as asking:
            topic = asking.topic(about) if about else None
            found = query.contradictions(asking.connection, topic, limit=limit + 1)
            return results.Contradictions(
                **asking.head(more=len(found) > limit),
                rows=[rows.contradiction(item) for item in found[:limit]],
            )

    def retractions(
        self, notice: Literal["retracted", "concern", "corrected"] = "retracted", limit: Limit = 20
    ) -> results.Losses:
        """What claims lose by retractions; with another notice, what they would lose."""
        with self._ask() as asking:
            found = query.lost_by_retraction(asking.connection, notice)
            return results.Losses(
                **asking.head(more=len(found) > limit),
                rows=[rows.loss(item) for item in found[:limit]],
            )

    def new_since(
        self,
        run: Annotated[int, Field(ge=0, description="Number of the run; 0 is before the first.")],
        limit: Limit = 20,
    ) -> results.Changes:
        """Claims that came, went or changed since an earlier run of this store."""
        with self._ask() as asking:
            found = query.new_since(asking.connection, run, limit=limit + 1)
            return results.Changes(
                **asking.head(more=len(found) > limit),
                rows=[rows.change(item) for item in found[:limit]],
            )

    def silence(self, subject: Name, object: Name, limit: Limit = 20) -> results.Silence:  # noqa: A002
        """What was looked at for a claim between two things: tells "nothing found" from "not looked at"."""
        with self._ask() as asking:
            first, second = asking.topic(subject), asking.topic(object)
            found = query.silence(asking.connection, first, second)
            return results.Silence(
                **asking.head(more=max(len(found.sentences), len(found.claims)) > limit),
                articles_first=found.mention_subject,
                articles_second=found.mention_object,
                articles_both=found.mention_both,
                sentences_both=len(found.sentences),
                claims_between=len(found.claims),
                claims=[claim.id for claim in found.claims[:limit]],
                sentences=[
                    parts.Found(pmid=article.removeprefix("PMID:"), text=text)
                    for article, text in found.sentences[:limit]
                ],
            )

    def names(
        self,
        words: Annotated[str, Field(max_length=200, description="Beginnings of words; empty for all.")] = "",
        limit: Limit = 20,
    ) -> results.Names:
        """What the graph speaks of, most first; ask this when a name is not known."""
        with self._ask() as asking:
            found = query.names(asking.connection, words, limit=limit + 1)
            return results.Names(
                **asking.head(more=len(found) > limit),
                rows=[parts.NameRow(id=n.id, name=n.name, type=n.type, claims=n.claims) for n in found[:limit]],
            )

    def statistics(self) -> results.Statistics:
        """What the store holds: articles, mentions, claims and courses by kind."""
        with self._ask() as asking:
            found = query.statistics(asking.connection)
            counts = [parts.Count(what=what, value=value, count=count) for what, value, count in found]
            return results.Statistics(**asking.head(more=False), rows=counts)

    def gaps(self, disease: Name, limit: Limit = 20) -> results.Gaps:
        """Treatments most written of beside a condition without a finding on whether they help."""
        with self._ask() as asking:
            found = query.gaps(asking.connection, asking.topic(disease, TYPES["disease"]), limit=limit + 1)
            return results.Gaps(
                **asking.head(more=len(found) > limit),
                rows=[
                    parts.GapRow(id=gap.id, name=gap.name, articles=gap.articles, said=gap.said)
                    for gap in found[:limit]
                ],
            )
