"""`sicca ask`: the researchers' questions."""

from __future__ import annotations

import click

from extractors.records import MentionType, Predicate
from graphs import query
from graphs.answers import AssembledClaim, Source
from graphs.store import Store
from graphs.topics import understand
from pipeline.cli import show
from pipeline.cli.options import format_option, reads_store


@click.group()
def command() -> None:
    """Ask a run's graph. Names are typed as you would say them: "Sjogren", BLyS, anti-CD20, or a CURIE."""


@command.command()
@click.option("--disease", required=True, help="The condition, its kinds included.")
@click.option("--exact", is_flag=True, help="Leave the kinds of the condition out.")
@click.option("--limit", type=click.IntRange(1), help="Show at most so many.")
@format_option
@reads_store
def treatments(store: Store, disease: str, exact: bool, limit: int | None, format: str) -> None:  # noqa: A002
    """What is given for a condition, and with what effect.

    Example: sicca ask treatments --disease "cryoglobulinaemic vasculitis"
    """
    topic = understand(store.connection, disease, types=(MentionType.DISEASE,), kinds=not exact)
    show.note(topic.note)
    found = query.treatments(store.connection, topic, limit=limit or -1)
    columns = (
        "treatment", "condition", "verdict", "belief", "opposed", "articles", "studies", "patients", "years",
        "pmid", "sentence",
    )  # fmt: skip
    rows = [
        {
            "treatment": answer.claim.claim.subject.name,
            "condition": answer.claim.claim.object.name,
            **claim_cells(answer.claim),
            **source_cells(answer.source),
        }
        for answer in found
    ]
    show.rows(rows, format, columns=columns)


@command.command()
@click.option("--subject", help="Who does it: a drug, protein, disease …")
@click.option("--object", "object_", help="To whom.")
@click.option("--predicate", type=click.Choice([str(p) for p in Predicate]), multiple=True, help="May be repeated.")
@click.option("--exact", is_flag=True, help="Leave the kinds of subject and object out.")
@format_option
@reads_store
def evidence(
    store: Store,
    subject: str | None,
    object_: str | None,
    predicate: tuple[str, ...],
    exact: bool,
    format: str,  # noqa: A002
) -> None:
    """Every sentence behind a claim, or behind all claims between two things.

    Example: sicca ask evidence --subject rituximab --object BAFF --predicate increases
    """
    if not subject and not object_:
        raise click.UsageError("give --subject, --object or both")
    ends = [understand(store.connection, name, kinds=not exact) if name else None for name in (subject, object_)]
    for end in ends:
        show.note(end.note if end else "")
    found = query.evidence(
        store.connection, subject=ends[0], object=ends[1], predicates=tuple(Predicate(name) for name in predicate)
    )
    columns = (
        "pmid", "year", "subject", "predicate", "object", "effect", "negated", "certainty", "design", "n", "section",
        "score", "retracted", "sentence",
    )  # fmt: skip
    show.rows([evidence_cells(source) for source in found], format, columns=columns)


def claim_cells(item: AssembledClaim) -> dict[str, show.Cell]:
    """Return a claim's figures as cells."""
    low, high = item.patients_low, item.patients_high
    patients = "" if low is None else str(low) if low == high else f"{low}–{high}"
    first, last = item.first_year, item.last_year
    return {
        "verdict": item.verdict,
        "belief": round(item.belief, 3),
        "opposed": round(item.opposed, 3),
        "articles": item.articles,
        "studies": item.studies,
        "patients": patients,
        "retracted": item.retracted,
        "years": "" if first is None else str(first) if first == last else f"{first}–{last}",
        "claim": item.id,
    }


def source_cells(source: Source) -> dict[str, show.Cell]:
    """Return where a sentence stands and the sentence, as cells."""
    return {"pmid": pmid(source), "sentence": source.quote}


def pmid(source: Source) -> str:
    """Return the PMID, marked where the record was written for this project."""
    return f"{source.pmid} (synthetic)" if source.synthetic else source.pmid


def evidence_cells(source: Source) -> dict[str, show.Cell]:
    """Return an evidence as cells."""
    item = source.evidence
    return {
        "pmid": pmid(source),
        "year": source.year,
        "subject": item.claim.subject.name,
        "predicate": str(item.claim.predicate),
        "object": item.claim.object.name,
        "effect": item.effect and str(item.effect),
        "negated": item.negated,
        "certainty": str(item.certainty),
        "design": str(source.design),
        "n": source.n,
        "section": source.section,
        "score": round(item.score, 4),
        "extractor": item.extractor,
        "retracted": source.retracted,
        "sentence": source.quote,
        "claim": item.claim.id,
        "evidence": item.id,
    }
