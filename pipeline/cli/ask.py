"""`sicca ask`: the researchers' questions."""

from __future__ import annotations

import click

from extractors.values import Predicate
from graphs import query
from graphs.store import Store
from graphs.topics import Topic, understand
from pipeline import cells
from pipeline.cli import show
from pipeline.cli.ask_courses import after_failure, combinations
from pipeline.cli.ask_graph import contradictions, gaps, names, new, path, retractions, silence, statistics
from pipeline.cli.options import format_option, limit_option, reads_store

#: Columns of an answer after its two ends.
FIGURES = (
    "verdict", "belief", "opposed", "articles", "studies", "patients", "years", "design", "pmid", "sentence",
)  # fmt: skip
#: Those of the treatments of a condition, which `sicca run` shows too.
TREATMENTS = ("treatment", "condition", *FIGURES)


@click.group()
def command() -> None:
    """Ask a run's graph. Names are typed as you would say them: "Sjogren", BLyS, anti-CD20, or a CURIE."""


def topic(store: Store, name: str, kind: str = "", *, exact: bool = False) -> Topic:
    """Return what a typed name stands for and say on stderr where it was guessed."""
    found = understand(store.connection, name, types=query.TYPES.get(kind, ()), kinds=not exact)
    show.note(found.note)
    return found


@command.command()
@click.option("--disease", required=True, help="The condition, its kinds included.")
@click.option("--exact", is_flag=True, help="Leave the kinds of the condition out.")
@click.option(
    "--verdict", multiple=True, help="Only this verdict, e.g. effective, ineffective, mixed; may be repeated."
)
@limit_option
@format_option
@reads_store
def treatments(
    store: Store,
    disease: str,
    exact: bool,
    verdict: tuple[str, ...],
    limit: int,
    format: str,  # noqa: A002
) -> None:
    """What is given for a condition, and with what effect.

    Example: sicca ask treatments --disease "cryoglobulinaemic vasculitis"
    """
    found = query.treatments(
        store.connection, topic(store, disease, "disease", exact=exact), verdicts=verdict, limit=limit + 1
    )
    rows = [cells.answer(answer, subject="treatment", object_="condition") for answer in found]
    show.rows(rows, format, columns=TREATMENTS, limit=limit)


@command.command()
@click.option("--subject", help="Who does it: a drug, protein, disease …")
@click.option("--object", "object_", help="To whom.")
@click.option("--predicate", type=click.Choice([str(p) for p in Predicate]), multiple=True, help="May be repeated.")
@click.option("--exact", is_flag=True, help="Leave the kinds of subject and object out.")
@limit_option
@format_option
@reads_store
def evidence(
    store: Store,
    subject: str | None,
    object_: str | None,
    predicate: tuple[str, ...],
    exact: bool,
    limit: int,
    format: str,  # noqa: A002
) -> None:
    """Every sentence behind a claim, or behind all claims between two things.

    Example: sicca ask evidence --subject rituximab --object BAFF --predicate increases
    """
    if not subject and not object_:
        raise click.UsageError("give --subject, --object or both")
    ends = [topic(store, name, exact=exact) if name else None for name in (subject, object_)]
    found = query.evidence(
        store.connection, subject=ends[0], object=ends[1], predicates=tuple(Predicate(name) for name in predicate)
    )
    columns = (
        "pmid", "year", "subject", "predicate", "object", "effect", "negated", "certainty", "origin", "design", "n",
        "section", "score", "sentence",
    )  # fmt: skip
    show.rows([cells.evidence(source) for source in found], format, columns=columns, limit=limit)


@command.command()
@click.option("--drug", required=True, help="The drug or class.")
@click.option("--endpoint", help="Only this endpoint: ESSDAI, salivary flow …")
@limit_option
@format_option
@reads_store
def outcomes(store: Store, drug: str, endpoint: str | None, limit: int, format: str) -> None:  # noqa: A002
    """What a drug does to each endpoint, "no difference" included.

    Example: sicca ask outcomes --drug rituximab --endpoint ESSDAI
    """
    found = query.outcomes(
        store.connection,
        topic(store, drug, "drug"),
        endpoint=topic(store, endpoint, "endpoint") if endpoint else None,
    )
    rows = [cells.answer(answer, subject="drug", object_="endpoint") for answer in found]
    show.rows(rows, format, columns=("drug", "endpoint", *FIGURES), limit=limit)


@command.command(name="adverse-events")
@click.option("--drug", required=True, help="The drug or class.")
@limit_option
@format_option
@reads_store
def adverse_events(store: Store, drug: str, limit: int, format: str) -> None:  # noqa: A002
    """The harms a drug is said to do, or not to do ("denied").

    Example: sicca ask adverse-events --drug rituximab
    """
    found = query.adverse_events(store.connection, topic(store, drug, "drug"))
    rows = [cells.answer(answer, subject="drug", object_="harm") for answer in found]
    show.rows(rows, format, columns=("drug", "harm", *FIGURES), limit=limit)


@command.command()
@click.option("--of", "outcome", required=True, help="The disease or outcome to come.")
@limit_option
@format_option
@reads_store
def predictors(store: Store, outcome: str, limit: int, format: str) -> None:  # noqa: A002
    """What predicts a disease or an outcome; "negative" means less of it.

    Example: sicca ask predictors --of lymphoma
    """
    found = query.predictors(store.connection, topic(store, outcome))
    rows = [cells.answer(answer, subject="predictor", object_="outcome") for answer in found]
    show.rows(rows, format, columns=("predictor", "outcome", *FIGURES), limit=limit)


for _question in (
    after_failure,
    combinations,
    contradictions,
    gaps,
    names,
    new,
    path,
    retractions,
    silence,
    statistics,
):
    command.add_command(_question)
