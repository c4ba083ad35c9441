"""Every page of the manual: what it tells to run is run, its links lead somewhere, its settings load."""

from __future__ import annotations

import importlib
import re
import shlex
import tempfile
from pathlib import Path

import click
import pytest

from docs.manual import made, pages
from pipeline import config
from pipeline.cli.main import COMMANDS

PAGES = [
    pages.ROOT / "README.md",
    pages.ROOT / "CHANGELOG.md",
    pages.ROOT / "extractors/models/MODEL_CARD.md",
    *sorted(pages.DOCS.rglob("*.md")),
]
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```$", re.S | re.M)
#: Folders in which people and machines keep what is their own: a path into one leads nowhere for a reader.
PRIVATE = ("root", "home", "opt")
#: Pages that code makes when the site is built; they are in no folder.
MADE = {*made.MADE, *made.ELSEWHERE}


def name(path: Path) -> str:
    return str(path.relative_to(pages.ROOT))


def fences(path: Path, *languages: str) -> list[str]:
    return [body for language, body in FENCE.findall(path.read_text(encoding="utf-8")) if language in languages]


def sicca_commands() -> list[tuple[str, str]]:
    found = []
    for path in PAGES:
        for body in fences(path, "console"):
            for command in pages.commands(body):
                for part in re.split(r"\s(?:\||&&|;)\s|\s#|\s[<>]\s?\S", f" {command} "):
                    words = part.strip().removeprefix("(").split(" ", 1)
                    if words[0] in {"sicca", ".venv/bin/sicca"}:
                        found.append((name(path), part.strip().rstrip(")")))
    return found


def anchors(text: str) -> set[str]:
    """Return the anchors of a page's headings, as mkdocs and GitHub make them."""
    plain = re.sub(r"^```.*?^```$", "", text, flags=re.S | re.M)
    headings = re.findall(r"^#+ +(.+?)\s*$", plain, flags=re.M)
    return {
        re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", h)).strip().lower())
        for h in headings
    }


@pytest.mark.parametrize("page", pages.followed(), ids=lambda page: name(page.path))
def test_a_page_followed_step_by_step_does_what_it_says(page: pages.Followed, tmp_path: Path, sample_run: Path) -> None:
    assert pages.replay(page, tmp_path, sample_run) == page.text, "run `make manual` and look at the difference"


def test_a_step_that_fails_is_told(tmp_path: Path, sample_run: Path) -> None:
    page = pages.Followed(tmp_path / "wrong.md")
    page.path.write_text(
        "<!-- followed in: empty -->\n<!-- run -->\n```console\n$ sicca nothing\n```\n", encoding="utf-8"
    )
    with pytest.raises(pages.PageError, match=r"wrong.md: 'sicca nothing' ends with 2: sicca: No such command"):
        pages.replay(page, tmp_path, sample_run)


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_links_lead_to_a_file_and_a_heading_of_it(path: Path) -> None:
    text = re.sub(r"^```.*?^```$|`[^`\n]*`", "", path.read_text(encoding="utf-8"), flags=re.S | re.M)
    for link in LINK.findall(text):
        if re.match(r"[a-z]+:", link):
            continue
        target, _, anchor = link.partition("#")
        file = (path.parent / target).resolve() if target else path
        if file.is_relative_to(pages.DOCS) and file.relative_to(pages.DOCS).as_posix() in MADE:
            continue
        assert file.exists(), f"{link} leads nowhere"
        if anchor:
            assert anchor in anchors(file.read_text(encoding="utf-8")), f"{link}: no such heading"


@pytest.mark.parametrize("path", [path for path in PAGES if fences(path, "toml")], ids=name)
def test_settings_on_the_pages_load(path: Path, tmp_path: Path) -> None:
    for number, body in enumerate(fences(path, "toml")):
        whole = body if "[question]" in body else f'[question]\ntitle = "of the page"\n{body}'
        (tmp_path / f"{number}.toml").write_text(whole, encoding="utf-8")
        config.load(tmp_path / f"{number}.toml")


@pytest.mark.parametrize(("page", "line"), sicca_commands())
def test_commands_on_the_pages_are_commands_of_sicca(page: str, line: str) -> None:
    words = shlex.split(line)[1:]
    assert words, page
    if words[0].startswith("-") or "…" in line:
        return
    command: click.Command = importlib.import_module(f"pipeline.cli.{COMMANDS[words[0]][0]}").command
    rest = words[1:]
    while isinstance(command, click.Group):
        command, rest = command.commands[rest[0]], rest[1:]
    context = click.Context(command, info_name=words[0], resilient_parsing=True)
    given, left, _ = command.make_parser(context).parse_args(rest)
    assert not left, f"{page}: {left[0]} is no argument"
    for parameter in command.params:
        value = given.get(parameter.name or "")
        if isinstance(parameter, click.Option) and value is not None and not parameter.is_flag:
            parameter.type_cast_value(context, value)


def test_python_on_the_pages_is_run_where_it_can_be_followed() -> None:
    marked = {
        name(page.path): page.text.count("<!-- run -->\n```python")
        + len(re.findall(r"<!-- file: \S+ -->\n```python", page.text))
        for page in pages.followed()
    }
    notebook = "docs/notebook/answers.md"  # executed by its own test
    found = {name(path): len(fences(path, "python")) for path in PAGES if fences(path, "python")}
    assert {page: count for page, count in found.items() if page != notebook} == {p: c for p, c in marked.items() if c}


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_pages_name_no_place_of_one_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    here = f"{pages.ROOT.anchor}{pages.ROOT.parts[1]}/"  # wherever the clone lies, its outermost folder
    for local in (here, f"{tempfile.gettempdir()}/", "pytest-of", *(f"/{folder}/" for folder in PRIVATE)):
        assert local not in text


def test_the_map_of_the_code_names_files_that_are_there() -> None:
    text = (pages.DOCS / "structure.md").read_text(encoding="utf-8")
    named = [path for path in re.findall(r"`([\w./]+/[\w./*]*)`", text) if path.split("/")[0] not in {"build", ".."}]
    assert len(named) > 30
    for path in named:
        assert list(pages.ROOT.glob(path.rstrip("/"))), path
