"""`sicca schedule`: what systemd, cron and GitHub Actions need to run a config again and again."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from extractors.errors import SiccaError


@click.command(epilog="Example: sicca schedule pss_cryo_baff --kind systemd --out ~/.config/systemd/user")
@click.argument("config")
@click.option(
    "--kind",
    type=click.Choice(["systemd", "cron", "github", "all"]),
    default="all",
    show_default=True,
    help="What is to run it.",
)
@click.option("--every", type=click.Choice(["day", "week"]), default="day", show_default=True, help="How often.")
@click.option("--folder", type=click.Path(path_type=Path), default=Path(), help="Where it runs.  [default: here]")
@click.option("--out", type=click.Path(path_type=Path), help="Write the files into this folder instead of printing.")
def command(config: str, kind: str, every: str, folder: Path, out: Path | None) -> None:
    """Print, or write, a systemd service and timer, a crontab line and a GitHub Actions workflow for CONFIG."""
    from pipeline import config as configs
    from pipeline import schedule

    loaded = configs.load(config)
    named = config if config in configs.shipped() else str(loaded.path.absolute())
    job = schedule.Job(
        name=loaded.name,
        config=named,
        folder=str(folder.absolute()),
        command=str(Path(sys.executable).with_name("sicca")),
        every=every,
    )
    files = schedule.files_of(job) if kind == "all" else tuple(f for f in schedule.files_of(job) if f.kind == kind)
    for file in files:
        if out is None:
            click.echo(f"# ---- {file.name}")
            click.echo(file.text)
        else:
            try:
                out.mkdir(parents=True, exist_ok=True)
                (out / file.name).write_text(file.text, encoding="utf-8")
            except OSError as error:
                raise SiccaError(f"{out / file.name}: cannot be written: {error.strerror or error}") from error
            click.echo(out / file.name)
