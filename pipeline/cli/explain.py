"""`sicca explain`: where every number of a claim comes from."""

from __future__ import annotations

import click

from graphs import explanation
from graphs.store import Store
from pipeline import cells
from pipeline.cli import show
from pipeline.cli.options import format_option, reads_store

#: Claims explained at most when words fit several.
MOST = 5


@click.command()
@click.argument("claim", nargs=-1, required=True)
@format_option
@reads_store
def command(store: Store, claim: tuple[str, ...], format: str) -> None:  # noqa: A002
    """Show how a claim's verdict and belief are reckoned, reading by reading.

    CLAIM is the id that `sicca ask … --format json` shows (or its beginning), or subject, predicate and object.
    The rule stands at the head of graphs/belief.py, the numbers in configs/rules/belief.toml.

    Example: sicca explain rituximab increases BAFF
    """
    found = explanation.find_claims(store.connection, claim)
    if len(found) > MOST:
        show.note(f"{len(found)} claims fit; the {MOST} most believed are explained")
    for item in found[:MOST]:
        told = explanation.explain(store.connection, item)
        rows = [cells.reading(line) for line in told.lines]
        if format in {"table", "brief"}:
            click.echo(_head(told))
        columns = (
            "direction", "strength", "extraction", "design_weight", "participants", "directness", "witness", "counts",
            "design", "n", "section", "certainty", "origin", "pmid", "sentence",
        )  # fmt: skip
        show.rows(rows, format, columns=columns)


def _head(told: explanation.Explanation) -> str:
    item = told.claim
    ends = item.claim
    figures = cells.claim(item)
    lines = [
        f"{ends.subject.name} — {ends.predicate} → {ends.object.name}   (claim {item.id})",
        f"verdict {told.belief.verdict}: belief {told.belief.belief:.3f}, opposed {told.belief.opposed:.3f}",
        f"{item.evidence} readings in {item.articles} articles, {item.studies} independent witnesses, "
        f"patients {figures['patients'] or 'not stated'}, years {figures['years'] or 'unknown'}"
        + (f", {item.retracted} retracted articles left out" if item.retracted else ""),
    ]
    for way, value in told.belief.directions:
        strengths = told.belief.witnesses(way)
        factors = " × ".join(f"(1 − {s:.3f})" for s in strengths[:8])
        more = " × …" if len(strengths) > 8 else ""
        lines.append(f"  {way}: 1 − {factors}{more} = {value:.3f}")
    lines.append(
        "strength = extraction × design_weight × participants × directness; a witness counts once, at its best"
    )
    return "\n".join(lines)
