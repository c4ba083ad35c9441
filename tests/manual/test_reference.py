from __future__ import annotations

from docs.manual import reference
from pipeline.cli.main import COMMANDS


def test_every_command_and_subcommand_is_on_the_page_with_its_help() -> None:
    page = reference.commands()
    assert [name for name in COMMANDS if f"\n## `sicca {name}`\n" not in page] == []
    assert "### `sicca ask after-failure`" in page
    assert "Why it was left." in page


def test_every_setting_is_on_the_page_with_type_default_and_comment() -> None:
    page = reference.settings()
    for _, table in reference.TABLES:
        assert [key for key in table.model_fields if f"| `{key}` |" not in page and key != "query"] == []
    assert "| `timeout` | number | `30.0` | Seconds without an answer before a request is given up. |" in page
    assert "| `title` | text | *required* |" in page


def test_every_tool_is_on_the_page_with_its_arguments() -> None:
    page = reference.tools()
    assert "## `after_failure`" in page
    assert "| `drug` | yes |" in page
