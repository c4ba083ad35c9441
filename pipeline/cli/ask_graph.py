"""`sicca ask`: the questions about the graph as a whole."""

from __future__ import annotations

import json

import click

from extractors.values import MentionType
from graphs import query
from graphs import retractions as losses
from graphs.retractions import NOTICES
from graphs.store import Store
from graphs.topics import Topic, understand
from pipeline import cells
from pipeline.cli import show
from pipeline.cli.options import format_option, limit_option, reads_store


@click.command()
@click.option("--from", "start", required=True, help="Where the chain begins.")
@click.option("--to", "end", required=True, help="Where it ends.")
@click.option("--via", multiple=True, help="Through this; may be repeated, in order.")
@click.option("--hops", type=click.IntRange(1, 4), default=4, show_default=True, help="Hops at most, of each leg.")
@click.option("--limit", type=click.IntRange(1, 50), default=3, show_default=True, help="Paths at most.")
@format_option
@reads_store
def path(
    store: Store,
    start: str,
    end: str,
    via: tuple[str, ...],
    hops: int,
    limit: int,
    format: str,  # noqa: A002
) -> None:
    """The mechanism from one thing to another, hop by hop, with a sentence for each.

    ─▲→ raises, ─▼→ lowers or blocks, ──→ unknown sign, ┄?→ a gap: only associated, supposed, contested or planned.

    Example: sicca ask path --from rituximab --via BAFF --to belimumab
    """
    topics = [_topic(store, name) for name in (start, *via, end)]
    found = query.mechanism_paths(
        store.connection, topics[0], topics[-1], via=topics[1:-1], most_hops=hops, limit=limit
    )
    rows = [row for number, chain in enumerate(found, start=1) for row in cells.hops(chain, number)]
    columns = ("path", "hop", "from", "arrow", "to", "read_as", "certainty", "belief", "species", "pmid", "sentence")
    show.rows(rows, format, columns=columns)


@click.command()
@click.option("--about", help="Only claims with this at an end, its kinds included.")
@limit_option
@format_option
@reads_store
def contradictions(store: Store, about: str | None, limit: int, format: str) -> None:  # noqa: A002
    """Claims whose evidence points both ways: both quotes and the factor that differs, or "true conflict".

    Example: sicca ask contradictions --about rituximab
    """
    found = query.contradictions(store.connection, _topic(store, about) if about else None, limit=limit + 1)
    columns = (
        "subject", "predicate", "object", "side", "belief", "pmid", "other_side", "other_belief", "other_pmid",
        "differs", "quote", "other_quote",
    )  # fmt: skip
    show.rows([cells.contradiction(item) for item in found], format, columns=columns, limit=limit)


@click.command()
@click.option(
    "--notice", type=click.Choice(NOTICES), default="retracted", show_default=True, help="What stands against."
)
@limit_option
@format_option
@reads_store
def retractions(store: Store, notice: str, limit: int, format: str) -> None:  # noqa: A002
    """What claims lose by retractions; with --notice concern or corrected, what they would lose.

    Example: sicca ask retractions
    """
    found = query.lost_by_retraction(store.connection, notice)
    rows: list[cells.Row] = [
        {
            "subject": loss.claim.claim.subject.name,
            "predicate": str(loss.claim.claim.predicate),
            "object": loss.claim.claim.object.name,
            "loses": str(loss),
            "belief_with": round(loss.belief_with, 3),
            "belief_without": round(loss.belief_without, 3),
            "articles": ", ".join(article.removeprefix("PMID:") for article in loss.articles),
            "claim": loss.claim.id,
        }
        for loss in found
    ]
    stated = {article for loss in found for article in loss.articles}
    silent = [a.removeprefix("PMID:") for a, n in losses.articles(store.connection) if n == notice and a not in stated]
    if silent:
        show.note(f"{notice} articles that no claim rests on: {', '.join(silent)}")
    columns = ("subject", "predicate", "object", "loses", "belief_with", "belief_without", "articles")
    show.rows(rows, format, columns=columns, limit=limit)


@click.command()
@click.option("--since", type=click.IntRange(0), required=True, help="Number of the run; 0 is before the first.")
@limit_option
@format_option
@reads_store
def new(store: Store, since: int, limit: int, format: str) -> None:  # noqa: A002
    """Claims that came, went or changed since an earlier run of this store; `sicca diff` says why.

    Example: sicca ask new --since 1
    """
    rows: list[cells.Row] = []
    for change in query.new_since(store.connection, since):
        ends = change.claim.claim if change.claim else None
        rows.append(
            {
                "subject": ends.subject.name if ends else "(gone)",
                "predicate": str(ends.predicate) if ends else "",
                "object": ends.object.name if ends else "",
                "was": change.verdict_before or "not there",
                "is": change.verdict or "not there",
                "belief_was": round(change.belief_before, 3),
                "belief": round(change.belief, 3),
                "articles_was": change.articles_before,
                "articles": change.articles,
                "claim": change.id,
            }
        )
    columns = (
        "subject",
        "predicate",
        "object",
        "was",
        "is",
        "belief_was",
        "belief",
        "articles_was",
        "articles",
        "claim",
    )
    show.rows(rows, format, columns=columns, limit=limit)


@click.command()
@click.option("--subject", required=True)
@click.option("--object", "object_", required=True)
@format_option
@reads_store
def silence(store: Store, subject: str, object_: str, format: str) -> None:  # noqa: A002
    """What was looked for and not found: records searched, articles that mention each and both, claims read.

    Example: sicca ask silence --subject belimumab --object lymphoma
    """
    first, second = _topic(store, subject), _topic(store, object_)
    found = query.silence(store.connection, first, second)
    rows: list[cells.Row] = [
        {"step": step, "count": count} for _, manifest in store.runs()[-1:] for step, count in _searched(manifest)
    ]
    rows += [
        {"step": f"store: {what}", "count": n} for what, value, n in query.statistics(store.connection)[:1] if value
    ]
    rows += [
        {"step": f"articles that mention {first.name}", "count": found.mention_subject},
        {"step": f"articles that mention {second.name}", "count": found.mention_object},
        {"step": "articles that mention both", "count": found.mention_both},
        {"step": "sentences that mention both", "count": len(found.sentences)},
        {"step": "claims between them", "count": len(found.claims)},
    ]
    rows += [
        {
            "step": f"  claim: {c.claim.subject.name} {c.claim.predicate} {c.claim.object.name}: {c.verdict}",
            "count": c.articles,
        }
        for c in found.claims
    ]
    rows += [
        {"step": "  sentence", "count": None, "pmid": a.removeprefix("PMID:"), "sentence": s}
        for a, s in found.sentences[:5]
    ]
    show.rows(rows, format, columns=("step", "count", "pmid", "sentence"))


@click.command()
@click.argument("words", nargs=-1)
@limit_option
@format_option
@reads_store
def names(store: Store, words: tuple[str, ...], limit: int, format: str) -> None:  # noqa: A002
    """What the graph speaks of, most first; with WORDS, what has a name with words that begin like these.

    Example: sicca ask names cryoglob
    """
    rows: list[cells.Row] = [
        {"name": found.name, "type": found.type, "claims": found.claims, "id": found.id}
        for found in query.names(store.connection, " ".join(words), limit=limit + 1)
    ]
    show.rows(rows, format, columns=("name", "type", "claims", "id"), limit=limit)


@click.command()
@format_option
@reads_store
def statistics(store: Store, format: str) -> None:  # noqa: A002
    """What the store holds: articles, mentions, claims and courses by kind.

    Example: sicca ask statistics
    """
    rows: list[cells.Row] = [
        {"what": what, "value": value, "count": count} for what, value, count in query.statistics(store.connection)
    ]
    show.rows(rows, format, columns=("what", "value", "count"))


@click.command()
@click.option("--disease", required=True, help="The condition, its kinds included.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Rows at most.")
@format_option
@reads_store
def gaps(store: Store, disease: str, limit: int, format: str) -> None:  # noqa: A002
    """Treatments most written of beside a condition without a finding on whether they help.

    Example: sicca ask gaps --disease "Sjögren syndrome"
    """
    topic = _topic(store, disease, query.TYPES["disease"])
    rows: list[cells.Row] = [
        {"treatment": gap.name, "id": gap.id, "articles": gap.articles, "said": gap.said or "nothing"}
        for gap in query.gaps(store.connection, topic, limit=limit)
    ]
    show.rows(rows, format, columns=("treatment", "id", "articles", "said"))


def _topic(store: Store, name: str, types: tuple[MentionType, ...] = ()) -> Topic:
    found = understand(store.connection, name, types=types)
    show.note(found.note)
    return found


def _searched(manifest: str) -> list[tuple[str, int]]:
    """Return what the last run searched and took in, as in a PRISMA flow: identified, left out, read."""
    told = json.loads(manifest)
    steps: list[tuple[str, int]] = []
    for source in told.get("sources", ()):
        name = f"{source['kind']} {source['name']}"
        steps.append((f"{name}: records identified", source["records"]))
        steps += [(f"{name}: left out: {reason}", count) for reason, count in source["skipped"]]
        for key, label in (("repeated", "repeated"), ("withdrawn", "withdrawn by NLM")):
            steps += [(f"{name}: {label}", source[key])] if source[key] else []
        steps += [(f"{name}: not delivered", len(source["missing"]))] if source["missing"] else []
    steps += [("articles that broke an extractor", len(told["quarantined"]))] if told.get("quarantined") else []
    return steps
