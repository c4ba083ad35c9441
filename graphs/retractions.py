"""What the claims lose by retractions, and what rests on articles under concern or corrected."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace

from graphs.answers import AssembledClaim
from graphs.belief import assess, load_weights
from graphs.store import claims, reads

#: What may stand against an article, the gravest first. Only a retraction takes evidence out of belief.
NOTICES = ("retracted", "concern", "corrected")


@dataclass(frozen=True, slots=True)
class Loss:
    """A claim with and without the articles that state it and have this notice against them."""

    claim: AssembledClaim
    notice: str
    articles: tuple[str, ...]
    #: Articles that state the claim, those above included.
    sources: int
    verdict_with: str
    verdict_without: str
    belief_with: float
    belief_without: float

    @property
    def turns(self) -> bool:
        """Whether the verdict differs without the articles."""
        return self.verdict_with != self.verdict_without

    def __str__(self) -> str:
        verdict = (
            f"turns from {self.verdict_with} to {self.verdict_without}" if self.turns else f"stays {self.verdict_with}"
        )
        return f"{len(self.articles)} of {self.sources} source{'s' if self.sources > 1 else ''}, verdict {verdict}"

    def _repr_html_(self) -> str:
        from graphs.display import html, tabulate

        return html.table(tabulate.losses([self], f"Lost by articles that are {self.notice}"))


def articles(connection: sqlite3.Connection) -> tuple[tuple[str, str], ...]:
    """Return (article, notice) of every article with a notice against it, each with its gravest, sorted."""
    return tuple((article, notice) for notice in NOTICES for article in reads.flagged(connection, notice))


def losses(connection: sqlite3.Connection, notice: str = "retracted") -> tuple[Loss, ...]:
    """Return what each claim loses without the articles that have this notice, turned verdicts first.

    What a retraction takes is gone from belief already; for a concern or a correction it is what would go.
    """
    weights = load_weights()
    flagged = frozenset(reads.flagged(connection, notice))
    found = []
    for claim in claims.of_articles(connection, sorted(flagged)):
        predicate = str(claim.claim.predicate)
        # Retractions of the other notices' articles stand.
        before = [
            replace(r, retracted=0) if notice == "retracted" and r.article in flagged else r
            for r in claims.readings_of(connection, claim.id)
        ]
        after = [r for r in before if r.article not in flagged]
        with_them, without = assess(predicate, before, weights), assess(predicate, after, weights)
        found.append(
            Loss(
                claim=claim,
                notice=notice,
                articles=tuple(sorted({r.article for r in before} & flagged)),
                sources=len({r.article for r in before}),
                verdict_with=with_them.verdict,
                verdict_without=without.verdict if without.strengths else "unsupported",
                belief_with=with_them.belief,
                belief_without=without.belief,
            )
        )
    return tuple(sorted(found, key=lambda loss: (not loss.turns, -loss.belief_with, loss.claim.id)))
