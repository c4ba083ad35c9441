"""The `sicca` command: finds the subcommand's module when it is called, so that `--help` costs nothing."""

from __future__ import annotations

import importlib
import os
import sys
from importlib.metadata import version

import click

from extractors.errors import SiccaError

#: Subcommand → (module under pipeline.cli that holds it as `command`, line for the help page).
COMMANDS = {
    "run": ("run", "The whole job: fetch, extract, store, tables, report; incremental."),
    "extract": ("extract", "Extraction alone: documents in, JSON lines out."),
    "ask": ("ask", "The researchers' questions, answered from a run's store."),
    "explain": ("explain", "Where every number of a claim comes from."),
    "table": ("table", "Evidence tables of a run."),
    "export": ("export", "Graph exports of a run."),
    "sql": ("sql", "A read-only SQL query over a run's store."),
    "cypher": ("cypher", "A read-only Cypher query over a view of a run's store."),
    "serve": ("serve", "The explorer: the run's graph as pages in a browser, on this machine."),
    "diff": ("diff", "What changed between two runs, and why."),
    "mcp": ("mcp", "The questions as tools for an assistant that speaks MCP."),
    "evaluate": ("evaluate", "Score the extractors against a gold standard."),
    "vocabulary": ("vocabulary", "Build the vocabulary, or explain how a name is matched."),
    "status": ("status", "The last runs, what is pending, what is quarantined, how fresh it is."),
    "schedule": ("schedule", "systemd, cron and GitHub Actions files that run a config every day or week."),
    "check": ("check", "Prove that every offset in a run's store fits its text."),
    "doctor": ("doctor", "Check Python, models, vocabulary, store, network and NCBI settings."),
}


class LazyGroup(click.Group):
    """A group whose subcommands are imported when they are called, not when they are listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """Return the names in the order of a researcher's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return one subcommand."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"pipeline.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of subcommands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: sicca run sample && sicca ask treatments --disease 'cryoglobulinaemic vasculitis'",
)
@click.version_option(version("sicca"), prog_name="sicca")
def command() -> None:
    """Build and question the evidence graph of Sjögren syndrome, cryoglobulinaemia and B-cell therapy."""


def main() -> None:
    """Run the command line; an error the user can mend is one line on stderr and exit status 1."""
    try:
        command.main(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(_fail("interrupted; what was finished is kept, the same command goes on from there", 1))
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        sys.exit(2)
    except click.ClickException as error:
        sys.exit(_fail(error.format_message(), 2 if isinstance(error, click.UsageError) else 1))
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our output has gone (`sicca … | head`): Python would complain again when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except SiccaError as error:
        sys.exit(_fail(str(error), 1))


def _fail(message: str, status: int) -> int:
    click.echo(f"sicca: {' '.join(message.split())}", err=True)
    return status
