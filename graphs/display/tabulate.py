"""Records of answers as tables, a row a record, the PMID and the marked sentence beside each."""

from __future__ import annotations

from collections.abc import Iterable

from graphs import course_facts, query
from graphs.answers import AssembledClaim, CourseSource, Source
from graphs.contradictions import Contradiction
from graphs.explanation import Explanation
from graphs.paths import Path
from graphs.retractions import Loss
from graphs.tables.cells import course_quote, origin, pmid, quote
from graphs.tables.table import Cell, Table, columns_of

#: Columns of numbers; the others hold text.
NUMBERS = frozenset({
    "belief", "opposed", "articles", "studies", "patients_low", "patients_high", "first_year", "last_year", "year", "n",
    "score", "patients", "responders", "path", "hop", "claims", "count", "strength", "extraction", "design_weight",
    "participants", "directness", "belief_with", "belief_without", "other_belief",
})  # fmt: skip
FIGURES = (
    "verdict", "belief", "opposed", "articles", "studies", "patients_low", "patients_high", "first_year", "last_year",
)  # fmt: skip
#: How a hop's sign is told.
SIGNS = {1: "raises", -1: "lowers", 0: "unknown"}


def answers(found: Iterable[query.Answer], title: str) -> Table:
    """Return claims with their figures and best sentence."""
    return rows_of(
        "claims",
        title,
        ("subject", "predicate", "object", *FIGURES, "design", "pmid", "sentence", "claim"),
        (
            (*_ends(a.claim), *_figures(a.claim), str(a.source.design), pmid(a.source), quote(a.source), a.claim.id)
            for a in found
        ),
    )


def evidence(found: Iterable[Source], title: str) -> Table:
    """Return sentences and how each states its claim."""
    columns = (
        "pmid", "year", "subject", "predicate", "object", "effect", "negated", "certainty", "origin", "design", "n",
        "section", "score", "sentence", "claim",
    )  # fmt: skip
    return rows_of("evidence", title, columns, map(_evidence, found))


def courses(found: Iterable[CourseSource], title: str) -> Table:
    """Return treatment courses."""
    columns = (
        "condition", "prior", "reason", "treatment", "mode", "patients", "responders", "outcome", "design", "year",
        "pmid", "sentence",
    )  # fmt: skip
    return rows_of("courses", title, columns, map(_course, found))


def after_failure(found: Iterable[query.AfterFailure], title: str) -> Table:
    """Return stated courses; those read loosely have only what a claim tells."""
    columns = (
        "read", "condition", "prior", "reason", "treatment", "mode", "patients", "responders", "outcome", "design",
        "year", "pmid", "sentence",
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for row in found:
        if row.course:
            rows.append(("strict", *_course(row.course)))
        elif row.claim:
            item, ends = row.claim, row.claim.evidence.claim
            effect = str(item.evidence.effect) if item.evidence.effect else None
            known = (ends.object.name, None, None, ends.subject.name, None, item.n, None, effect, str(item.design))
            rows.append(("loose", *known, item.year, pmid(item), quote(item)))
    return rows_of("after-failure", title, columns, rows)


def paths(found: Iterable[Path], title: str) -> Table:
    """Return paths, a row a hop."""
    columns = (
        "path", "hop", "from", "sign", "to", "read_as", "support", "verdict", "belief", "species", "pmid", "sentence",
        "claim",
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for number, path in enumerate(found, start=1):
        for place, (hop, source, species) in enumerate(
            zip(path.hops, path.sources, path.species, strict=True), start=1
        ):
            read_as = f"{hop.claim.claim.predicate}{' (read backwards)' if hop.backward else ''}"
            drawn = (number, place, hop.start_name, SIGNS[hop.sign], hop.end_name, read_as, "gap" if hop.gap else "yes")
            figures = (hop.claim.verdict, hop.claim.belief, ", ".join(species))
            rows.append((*drawn, *figures, pmid(source), quote(source), hop.claim.id))
    return rows_of("paths", title, columns, rows)


def contradictions(found: Iterable[Contradiction], title: str) -> Table:
    """Return contradictions with both sentences."""
    columns = (
        "subject", "predicate", "object", "side", "belief", "pmid", "sentence", "other_side", "other_belief",
        "other_pmid", "other_sentence", "differs",
    )  # fmt: skip
    return rows_of(
        "contradictions",
        title,
        columns,
        (
            (
                *(*_ends(c.claim), c.direction, c.belief, pmid(c.source), quote(c.source)),
                *(c.other_direction, c.other_belief, pmid(c.other_source), quote(c.other_source), c.factor),
            )
            for c in found
        ),
    )


def losses(found: Iterable[Loss], title: str) -> Table:
    """Return what claims lose by a notice."""
    columns = ("subject", "predicate", "object", "loses", "belief_with", "belief_without", "claim")
    return rows_of(
        "retractions",
        title,
        columns,
        ((*_ends(i.claim), str(i), i.belief_with, i.belief_without, i.claim.id) for i in found),
    )


def explanation(found: Explanation) -> Table:
    """Return the readings of one claim, axis by axis."""
    columns = (
        "direction", "strength", "extraction", "design_weight", "participants", "directness", "witness", "counts",
        "design", "origin", "pmid", "sentence",
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for line in found.lines:
        item, source = line.strength, line.source
        axes: tuple[Cell, ...] = ("retracted", 0.0, None, None, None, None, None)
        if item:
            axes = (item.direction, item.value, item.extraction, item.design, item.participants, item.directness)
            axes = (*axes, item.witness)
        shown = str(source.design), origin(source), pmid(source), quote(source)
        rows.append((*axes, "yes" if line.counts else "no", *shown))
    claim = found.claim
    title = f"{' '.join(_ends(claim))}: {claim.verdict}, belief {claim.belief:.3f}, opposed {claim.opposed:.3f}"
    note = "strength = extraction × design_weight × participants × directness; a witness counts once, at its best"
    return rows_of("explanation", title, columns, rows, note)


def rows_of(name: str, title: str, columns: Iterable[str], rows: Iterable[tuple[Cell, ...]], note: str = "") -> Table:
    """Return rows under these headings as a table."""
    return Table(name, title, columns_of(columns, numbers=NUMBERS), tuple(rows), note)


def _ends(claim: AssembledClaim) -> tuple[str, str, str]:
    ends = claim.claim
    return ends.subject.name, str(ends.predicate), ends.object.name


def _figures(claim: AssembledClaim) -> tuple[Cell, ...]:
    return tuple(getattr(claim, name) for name in FIGURES)


def _evidence(source: Source) -> tuple[Cell, ...]:
    item = source.evidence
    ends = item.claim.subject.name, str(item.claim.predicate), item.claim.object.name
    stated = str(item.effect) if item.effect else None, "yes" if item.negated else "no", str(item.certainty)
    study = str(source.design), source.n, source.section
    return (pmid(source), source.year, *ends, *stated, origin(source), *study, item.score, quote(source), item.claim.id)


def _course(source: CourseSource) -> tuple[Cell, ...]:
    item = source.course
    before = ", ".join(drug.name for drug in item.prior)
    who = item.condition.name if item.condition else None, before, item.prior_reason
    given = course_facts.treatment(item), item.mode
    numbers = item.patients, item.responders, item.outcome, str(source.design), source.year
    return (*who, *given, *numbers, pmid(source), course_quote(source))
