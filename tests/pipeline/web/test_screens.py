"""Every page in a real browser: no serious finding of axe-core in either theme; screenshots where they are asked for."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pipeline.web.chromium import Watched, needs_chromium

pytestmark = needs_chromium
#: Folder to write the screenshots to; docs/screenshots is made so.
SCREENSHOTS = os.environ.get("SICCA_SCREENSHOTS")
AXE = Path(__file__).parent / "axe" / "axe.min.js"
PAGES = {
    "start": "/",
    "search": "/search?q=cryo",
    "not-found": "/search?q=rituxumab",
    "concept-drug": "/concept?id=rituximab",
    "concept-disease": "/concept?id=cryoglobulinaemic+vasculitis",
    "claim": "claim",
    "article": "/article?id=990000022",
    "article-retracted": "retracted",
    "courses": "/courses?condition=cryoglobulinaemic+vasculitis",
    "after-failure": "/after-failure?after=rituximab",
    "claims": "/claims?predicate=predicts",
    "graph": "/graph?about=BAFF",
    "path": "/path?from=rituximab&via=BAFF&to=belimumab",
    "contradictions": "/contradictions",
    "retractions": "/retractions",
    "tables": "/tables",
    "summary": "/summary?condition=cryoglobulinaemic+vasculitis",
    "names": "/names",
    "runs": "/runs",
    "new": "/runs/new",
    "diff": "/runs/diff?against=earlier",
    "api": "/api",
}


def address(watched: Watched, name: str) -> str:
    """Return a page's address; some are found on other pages."""
    if PAGES[name] == "claim":
        watched.go("/contradictions")
        return str(watched.page.locator("a.why").first.get_attribute("href"))
    if PAGES[name] == "retracted":
        watched.go("/retractions")
        return str(watched.page.locator("td a").first.get_attribute("href"))
    return PAGES[name]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_screens_have_no_serious_accessibility_finding(
    served: str, open_page: Callable[..., Watched], name: str, theme: str
) -> None:
    watched = open_page(served, color_scheme=theme)
    watched.go(address(watched, name))
    if name == "graph":
        watched.page.locator("#graph[data-ready]").wait_for()
    watched.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = watched.page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    told = [
        f"{v['impact']} {v['id']}: {node['html'][:160]}"
        for v in found
        for node in v["nodes"][:3]
        if v["impact"] in {"serious", "critical"}
    ]
    assert told == []
    if SCREENSHOTS and theme == "light":
        watched.page.screenshot(path=Path(SCREENSHOTS) / f"{name}.png")
    if SCREENSHOTS and theme == "dark" and name in {"claim", "graph"}:
        watched.page.screenshot(path=Path(SCREENSHOTS) / f"{name}-dark.png")


@pytest.mark.parametrize("name", PAGES)
def test_screens_fit_a_telephone(served: str, open_page: Callable[..., Watched], name: str) -> None:
    watched = open_page(served, viewport={"width": 360, "height": 740})
    watched.go(address(watched, name))
    wide = watched.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0


@pytest.mark.parametrize("name", ["start", "claim", "courses"])
def test_screens_every_control_shows_its_focus(served: str, open_page: Callable[..., Watched], name: str) -> None:
    watched = open_page(served)
    watched.go(address(watched, name))
    for _ in range(20):
        watched.page.keyboard.press("Tab")
        outline = watched.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert re.fullmatch("solid|auto", outline)
