"""`sicca status`: the last runs, what is pending, what is quarantined, how fresh it is."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import click

from graphs.store import Store
from pipeline.cells import Row
from pipeline.cli import show
from pipeline.cli.options import STORE_NAME, format_option, run_option
from pipeline.history import Past, past_runs

#: Runs and quarantined articles shown.
SHOWN = 5
COLUMNS = ("run", "started", "minutes", "config", "read", "why", "articles", "claims", "not read")


@click.command(epilog="Example: sicca status --run runs/pss_cryo_baff")
@run_option
@format_option
def command(run: Path, format: str) -> None:  # noqa: A002
    """Show the last runs of a folder, what is pending or quarantined, and how fresh it is."""
    from pipeline import ledger
    from pipeline.fetch.archive import Archive
    from pipeline.run_folder import ARCHIVE, Unfinished

    with Store(run / STORE_NAME, readonly=True) as store:
        runs = past_runs(store)
        quarantined = store.quarantined()
        causes: Counter[str] = Counter()
        newest = ""
        if (run / ARCHIVE).exists():
            with Archive(run / ARCHIVE, read_only=True) as archive:
                key = runs[-1][1]["extraction_key"] if runs else ""
                causes.update(str(task.cause) for task in ledger.pending(archive, store, stage_key=key))
                newest = max((r.date_revised or "" for r in archive.current()), default="")
    holder = Unfinished(run).holder()
    if format == "json":
        found = {
            "runs": [{"number": number, **past} for number, past in runs],
            "pending": dict(sorted(causes.items())),
            "quarantined": [{"article": s.article, "error": s.error} for s in quarantined],
            "unfound": list(_unfound(runs)),
            "newest_record": newest or None,
            "unfinished": holder or None,
        }
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    show.rows([_row(number, past) for number, past in runs[-SHOWN:]], format, columns=COLUMNS)
    if format == "csv":
        return
    click.echo()
    waiting = ", ".join(f"{count} {cause}" for cause, count in sorted(causes.items()))
    click.echo(f"pending      {waiting or 'nothing'}")
    click.echo(f"quarantined  {len(quarantined)}")
    for state in quarantined[:SHOWN]:
        click.echo(f"  {state.article}: {state.error}")
    if unfound := _unfound(runs):
        more = ", …" if len(unfound) > SHOWN else ""
        click.echo(f"not found    {len(unfound)} that earlier runs found: {', '.join(unfound[:SHOWN])}{more}")
    click.echo(f"fresh        {_age(runs)}; newest record revised {newest or 'on an unknown day'}")
    if holder:
        click.echo(f"unfinished   {holder}: under way, or stopped; `sicca run` goes on from there")


def _row(number: int, past: Past) -> Row:
    began, ended = (datetime.fromisoformat(past[key]) for key in ("started", "ended"))
    return {
        "run": number,
        "started": began.strftime("%Y-%m-%d %H:%M"),
        "minutes": round((ended - began).total_seconds() / 60, 1),
        "config": past["config"],
        "read": sum(count for _, count in past["read"]),
        "why": ", ".join(f"{count} {cause}" for cause, count in past["read"]),
        "articles": past["articles"],
        "claims": past["claims"],
        "not read": len(past["quarantined"]),
    }


def _unfound(runs: tuple[tuple[int, Past], ...]) -> tuple[str, ...]:
    """Return the articles that, in the last run, no query found any more."""
    sources = runs[-1][1].get("sources", ()) if runs else ()
    return tuple(f"PMID:{pmid}" for source in sources for pmid in source.get("unfound", ()))


def _age(runs: tuple[tuple[int, Past], ...]) -> str:
    if not runs:
        return "no run has ended yet"
    hours = (datetime.now(UTC) - datetime.fromisoformat(runs[-1][1]["ended"])).total_seconds() / 3600
    number, unit = (hours, "hour") if hours < 72 else (hours / 24, "day")
    if hours < 1:
        return "the last run ended less than an hour ago"
    return f"the last run ended {number:.0f} {unit}{'' if round(number) == 1 else 's'} ago"
