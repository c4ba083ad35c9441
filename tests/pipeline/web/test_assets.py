"""What the pages need lies in the package, is what its README says, and calls nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import pipeline.web
from pipeline.web import assets

WEB = Path(pipeline.web.__file__).parent
VENDOR = WEB / "static" / "vendor"


@pytest.mark.parametrize("folder", sorted(path.name for path in VENDOR.iterdir() if path.is_dir()))
def test_assets_each_package_has_its_licence_and_version_beside_it(folder: str) -> None:
    assert (VENDOR / folder / "LICENSE").stat().st_size > 50
    readme = (VENDOR / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"\| `{folder}/` \| \S+ \| \d+\.\d+\.\d+ \|", readme)


@pytest.mark.parametrize("name", ["style.css", "print.css", "graph.css", "app.js", "graph.js", "theme.js"])
def test_assets_of_ours_name_no_other_server(name: str) -> None:
    assert "://" not in (WEB / "static" / name).read_text(encoding="utf-8")


def test_assets_that_templates_name_are_there() -> None:
    templates = "".join(path.read_text(encoding="utf-8") for path in (WEB / "templates").glob("*.html"))
    named = set(re.findall(r'"\{\{ static \}\}/([^"]+)"', templates))
    assert named
    assert [name for name in named if not (WEB / "static" / name).is_file()] == []


def test_assets_are_kept_by_a_browser_and_pages_are_not(browser: TestClient) -> None:
    page = browser.get("/")
    (style,) = re.findall(r'href="([^"]+/style\.css)"', page.text)
    assert browser.get(style).headers["cache-control"] == assets.KEPT
    assert page.headers["cache-control"] == "no-store"
    assert browser.get(f"{assets.address()}/no.css").headers["cache-control"] == "no-store"


def test_assets_of_an_older_version_are_not_those_of_this_one(browser: TestClient) -> None:
    assert browser.get("/static/0123456789ab/style.css").status_code == 404


def test_assets_styles_of_the_dark_theme_are_the_same_for_system_and_choice() -> None:
    style = (WEB / "static" / "style.css").read_text(encoding="utf-8")
    system, chosen = re.findall(r"color-scheme: dark;(.*?)\n}", style, re.S)
    assert " ".join(system.split()).removesuffix("}").strip() == " ".join(chosen.split())
