"""`sicca ask`: the questions that treatment courses answer."""

from __future__ import annotations

import click

from graphs import query
from graphs.store import Store
from graphs.topics import Topic, understand
from pipeline import cells
from pipeline.cli import show
from pipeline.cli.options import format_option, limit_option, reads_store

#: Columns of a course.
COURSE = (
    "condition", "prior", "reason", "treatment", "mode", "patients", "responders", "outcome", "design", "year", "pmid",
    "sentence",
)  # fmt: skip


@click.command(name="after-failure")
@click.option("--after", "drug", required=True, help="The drug or class that failed, its kinds included.")
@click.option(
    "--reason", type=click.Choice(["refractory", "relapse", "intolerant", "contraindicated"]), help="Why it was left."
)
@click.option("--disease", help="Only in this condition, its kinds included.")
@click.option("--strict/--loose", default=True, show_default=True, help="A stated course, or the same abstract.")
@limit_option
@format_option
@reads_store
def after_failure(
    store: Store,
    drug: str,
    reason: str | None,
    disease: str | None,
    strict: bool,
    limit: int,
    format: str,  # noqa: A002
) -> None:
    """What was given after a drug had failed, and what came of it.

    Strict rows are courses whose text names the drug among those given before. Loose rows add what is said to treat a
    condition in an abstract that calls the disease refractory to the drug; read the sentence before you believe it.

    Example: sicca ask after-failure --after rituximab --reason refractory
    """
    failed, condition = _topic(store, drug, "drug"), _topic(store, disease, "disease") if disease else None
    found = query.after_failure(
        store.connection, failed, condition=condition, reason=reason, strict=strict, limit=limit + 1
    )
    rows: list[cells.Row] = []
    for row in found:
        if row.course:
            rows.append({"read": "strict", **cells.course(row.course)})
        elif row.claim:
            item = cells.evidence(row.claim)
            item |= {"read": "loose", "treatment": item["subject"], "condition": item["object"]}
            item |= {"outcome": item["effect"], "patients": item["n"], "prior": failed.name}
            rows.append(item)
    show.rows(rows, format, columns=("read", *COURSE), limit=limit)


@click.command()
@click.option("--drug", required=True, help="The drug or class.")
@click.option("--disease", help="Courses of this condition only.")
@limit_option
@format_option
@reads_store
def combinations(store: Store, drug: str, disease: str | None, limit: int, format: str) -> None:  # noqa: A002
    """What a drug is combined with, and what is given before and after it.

    Example: sicca ask combinations --drug rituximab
    """
    condition = _topic(store, disease, "disease") if disease else None
    found, given = query.combinations(store.connection, _topic(store, drug, "drug"), condition=condition)
    rows = [cells.answer(answer, subject="drug", object_="other") for answer in found]
    for source in given:
        item = cells.course(source)
        item |= {"drug": item["treatment"], "predicate": f"course: {item['mode']}", "other": item["condition"]}
        rows.append(item | {"verdict": item["outcome"], "years": item["year"]})
    columns = ("drug", "predicate", "other", "verdict", "belief", "articles", "patients", "years", "pmid", "sentence")
    show.rows(rows, format, columns=columns, limit=limit)


def _topic(store: Store, name: str, kind: str) -> Topic:
    found = understand(store.connection, name, types=query.TYPES[kind])
    show.note(found.note)
    return found
