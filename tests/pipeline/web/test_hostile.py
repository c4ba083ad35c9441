"""Hostile strings, typed into every field and stored in every text, run nowhere and break nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from graphs.store import Store, claims
from pipeline.web import assets
from pipeline.web.app import create_app
from pipeline.web.settings import Settings
from tests.pipeline.web import hostile
from tests.pipeline.web.chromium import Watched, needs_chromium, serving

#: Page → fields that take what a person types, with what else the page needs.
FIELDS: dict[str, tuple[str, ...]] = {
    "/search": ("q",),
    "/suggest": ("q",),
    "/names": ("q",),
    "/concept": ("id", "exact"),
    "/article": ("id", "evidence", "course"),
    "/claim/0/sentences": ("side", "start"),
    "/courses": (
        "condition", "treatment", "prior", "reason", "outcome", "mode", "design", "first", "last", "sort", "up", "page",
    ),
    "/courses.csv": ("condition", "treatment", "sort"),
    "/after-failure": ("after", "reason", "disease", "read"),
    "/after-failure.ris": ("after", "disease"),
    "/claims": ("about", "subject", "object", "predicate", "verdict"),
    "/graph": ("about", "predicate"),
    "/graph/around": ("about", "predicate", "type", "design", "certainty", "first", "last"),
    "/path": ("from", "via", "to", "hops"),
    "/contradictions": ("about",),
    "/retractions": ("notice",),
    "/summary": ("condition",),
    "/runs/new": ("since",),
    "/runs/diff": ("against",),
    "/api/treatments": ("disease",),
    "/api/evidence": ("subject", "object"),
    "/api/path": ("from", "to", "via"),
    "/api/names": ("q",),
    "/nowhere": ("x",),
}  # fmt: skip
NEEDED = {
    "/article": {"id": "1"},
    "/concept": {"id": "RTX"},
    "/after-failure": {"after": "RTX"},
    "/after-failure.ris": {"after": "RTX"},
    "/graph/around": {"about": "RTX"},
    "/path": {"from": "RTX", "to": "BAFF"},
    "/api/evidence": {"subject": "RTX", "object": "BAFF"},
    "/api/path": {"from": "RTX", "to": "BAFF"},
}


def test_hostile_corpus_is_large() -> None:
    assert len(set(hostile.CORPUS)) >= 200


@pytest.mark.parametrize("page", FIELDS)
def test_hostile_text_in_a_field_is_answered_calmly(browser: TestClient, page: str) -> None:
    for number, text in enumerate(hostile.CORPUS):
        # Each string goes to each page, and each field gets every so-manieth string.
        field = FIELDS[page][number % len(FIELDS[page])]
        answer = browser.get(page, params={**NEEDED.get(page, {}), field: text})
        assert answer.status_code in {200, 303, 404, 422}, (field, text)
        if "json" not in answer.headers.get("content-type", ""):  # JSON is never shown as a page
            assert "__hit=1</script>" not in answer.text.replace("&lt;", "<!"), (field, text)
        assert "set-cookie" not in answer.headers
        if answer.status_code == 303:
            assert answer.headers["location"].startswith("/")
            assert not answer.headers["location"].startswith("//")


@pytest.mark.parametrize(
    "page",
    [
        "/claim/{}",
        "/claim/{}/sentences",
        "/tables/{}.csv",
        "/tables/courses.{}",
        "/courses.{}",
        "/static/{}",
        f"{assets.address()}/{{}}",
    ],
)
def test_hostile_text_in_a_path_reaches_no_file(browser: TestClient, page: str) -> None:
    for text in hostile.CORPUS:
        answer = browser.get(page.format(quote(text, safe="/.") or "x"))
        assert answer.status_code in {200, 307, 404, 405, 422}
        assert "root:" not in answer.text


@pytest.fixture(scope="module")
def hostile_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "run"
    hostile.build(folder)
    return folder


@pytest.fixture(scope="module")
def hostile_pages(hostile_run: Path) -> list[str]:
    """Return an address for each stored text, as article, concept or claim in turn, and all pages that list them."""
    with Store(hostile_run / "sicca.db", readonly=True) as store:
        ids = [claim.id for claim in claims.read(store.connection)]
    shown = [f"/article?id={hostile.article_id(n)}" for n in range(len(hostile.CORPUS))]
    shown[1::3] = [f"/concept?id=X:{n}" for n in range(1, len(hostile.CORPUS), 3)]
    shown[2::3] = [f"/claim/{id_}" for id_ in ids][: len(shown[2::3])]
    lists = [
        "/", "/names", "/courses", "/courses?page=2", "/courses?page=3", "/claims", "/contradictions", "/runs",
        "/runs/new", "/tables", "/summary?condition=x", "/graph?about=X:0", "/after-failure?after=X:3",
    ]  # fmt: skip
    return [*lists, f"/claim/{ids[0]}/sentences", *shown]


#: A browser takes a second a page: each page in the slow tests, every so-manieth in the others.
SHARES = [12, pytest.param(1, marks=pytest.mark.slow)]


@pytest.fixture(scope="module")
def hostile_browser(hostile_run: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(run=hostile_run)), base_url="http://localhost") as client:
        yield client


def test_hostile_text_in_the_store_breaks_no_page(hostile_browser: TestClient, hostile_pages: list[str]) -> None:
    for page in hostile_pages:
        assert hostile_browser.get(page).status_code in {200, 404}, page


def test_hostile_text_in_the_store_runs_in_no_spreadsheet(hostile_browser: TestClient) -> None:
    rows = list(csv.reader(io.StringIO(hostile_browser.get("/courses.csv").text, newline="")))
    assert len(rows) > 100
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "@", "+1+cmd", "-2+3"))]


@needs_chromium
@pytest.mark.parametrize("every", SHARES)
def test_hostile_text_in_the_store_runs_nowhere_in_a_browser(
    hostile_run: Path, hostile_pages: list[str], open_page: Callable[..., Watched], every: int
) -> None:
    with serving(hostile_run) as address:
        watched = open_page(address)
        for page in hostile_pages[::every]:
            watched.go(page)
            assert watched.page.evaluate(hostile.HIT) is None, page
            watched.healthy()
        watched.page.goto("about:blank")  # what a graph still asks for is not asked of a stopped server


@needs_chromium
@pytest.mark.parametrize("every", SHARES)
def test_hostile_text_that_is_typed_runs_nowhere_in_a_browser(
    run: Path, open_page: Callable[..., Watched], every: int
) -> None:
    pages = [page for page in FIELDS if not page.startswith(("/api", "/courses.", "/after-failure.", "/nowhere"))]
    with serving(run) as address:
        watched = open_page(address)
        watched.go("/names")
        for number, text in list(enumerate(hostile.CORPUS))[::every]:
            page = pages[number % len(pages)]
            field = FIELDS[page][number // len(pages) % len(FIELDS[page])]
            query = str(watched.page.evaluate("pair => new URLSearchParams([pair]).toString()", [field, text]))
            watched.go(f"{page}?{query}")
            assert watched.page.evaluate(hostile.HIT) is None, (page, text)
            watched.healthy()
            # The box itself, with its suggestions.
            if number % 10 == 0 and page not in {"/suggest", "/graph/around"}:
                watched.page.locator("#q").fill(text)
        watched.page.goto("about:blank")  # as above: what the box still asks for
