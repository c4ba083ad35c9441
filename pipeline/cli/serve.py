"""`sicca serve`: the explorer in a browser, for this machine alone unless told otherwise."""

from __future__ import annotations

from pathlib import Path

import click

from extractors.errors import SiccaError
from graphs.exports.extras import load
from graphs.store import Store
from pipeline.cli.options import STORE_NAME, run_option

#: Where a browser finds it when nothing else is said.
PORT = 8765


@click.command(epilog="Example: sicca serve --run runs/sample")
@run_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="Port; 0 takes a free one."
)
@click.option("--name", "names", multiple=True, help="Another name that browsers may call it by; may be repeated.")
@click.option(
    "--seconds", type=click.FloatRange(0, min_open=True), default=10.0, show_default=True, help="Time limit of a page."
)
@click.option("--rows", type=click.IntRange(1, 10_000), default=100, show_default=True, help="Rows of a page at most.")
def command(run: Path, host: str, port: int, names: tuple[str, ...], seconds: float, rows: int) -> None:
    """Show a run in the browser: search, claims with their sentences, courses, graph; nothing leaves this machine.

    The store is opened for reading only. Needs the extra `serve`: pip install 'sicca[serve]'.
    """
    uvicorn = load("uvicorn", extra="serve")
    for module in ("fastapi", "jinja2"):
        load(module, extra="serve")
    from pipeline.web.app import create_app
    from pipeline.web.server import listen
    from pipeline.web.settings import Settings

    with Store(run / STORE_NAME, readonly=True):
        pass
    try:
        socket = listen(host, port)
    except OSError as error:
        raise SiccaError(f"cannot listen on {host}:{port}: {error.strerror or error}; choose another --port") from error
    chosen = socket.getsockname()[1]
    settings = Settings(
        run=run, host=host, port=chosen, names=frozenset(name.lower() for name in names), seconds=seconds, rows=rows
    )
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"sicca: {run} at http://{shown}:{chosen}/ (Ctrl-C ends it)", err=True)
    config = uvicorn.Config(create_app(settings), log_level="warning", access_log=False, server_header=False)
    uvicorn.Server(config).run(sockets=[socket])
