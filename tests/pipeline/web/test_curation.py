"""A reader's judgement wins over extraction, survives a new run, and leaves as gold that `sicca evaluate` reads."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from extractors.errors import InputError
from graphs.assembly import assemble
from graphs.store import Store, claims
from pipeline.curation import book, gold
from pipeline.evaluation import gold as golden
from pipeline.web.app import create_app
from pipeline.web.settings import Settings
from tests.graphs.fieldnotes import Notes


@pytest.fixture
def own_run(run: Path, tmp_path: Path) -> Path:
    shutil.copytree(run, tmp_path / "run")
    return tmp_path / "run"


@pytest.fixture
def curator(own_run: Path) -> Iterator[TestClient]:
    app = create_app(Settings(run=own_run, curator="Ada"))
    with TestClient(app, base_url="http://localhost", follow_redirects=False) as client:
        yield client


def treats(run: Path) -> str:
    with Store(run / "sicca.db", readonly=True) as store:
        (claim,) = [c for c in claims.read(store.connection) if c.claim.predicate == "treats"]
    return claim.id


def form(page: str, near: str, start: str = '<article class="reading"') -> dict[str, str]:
    """Return the hidden fields of the form that stands below a text."""
    part = next(part for part in page.split(start) if near in part and 'class="judge"' in part)
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', part))


def judge(curator: TestClient, page: str, near: str, *, start: str = '<article class="reading"', **more: str) -> int:
    """Send the form below a text."""
    return curator.post("/curation", data={**form(curator.get(page).text, near, start), **more}).status_code


def test_curation_is_off_unless_asked_for(browser: TestClient, run: Path) -> None:
    assert 'class="judge"' not in browser.get(f"/claim/{treats(run)}").text
    assert browser.post("/curation", data={"token": ""}).status_code == 403


def test_curation_rejected_sentence_weighs_nothing_and_turns_the_verdict(curator: TestClient, own_run: Path) -> None:
    page = f"/claim/{treats(own_run)}"
    assert '<span class="verdict open">mixed</span>' in curator.get(page).text
    assert judge(curator, page, "fails in", verdict="reject") == 303
    after = curator.get(page).text
    assert '<p class="big"><span class="verdict good">effective</span>' in after
    assert "Rejected by a reader" in after
    assert "Rejected by Ada" in after
    assert '<span class="verdict good">effective</span>' in curator.get("/claims?predicate=treats").text


def test_curation_corrected_effect_counts_as_corrected(curator: TestClient, own_run: Path) -> None:
    page = f"/claim/{treats(own_run)}"
    values = {"effect": "effective", "negated": "false", "certainty": "asserted"}
    assert judge(curator, page, "fails in", verdict="correct", note="read the table", **values) == 303
    after = curator.get(page).text
    assert "<h2>Against" not in after
    assert "Corrected by Ada" in after
    assert "read the table" in after


def test_curation_corrected_course_cell_is_shown_and_taken_away(curator: TestClient) -> None:
    values = {"patients": "4", "responders": "2", "outcome": "mixed", "mode": "single", "prior_reason": "relapse"}
    assert judge(curator, "/courses", "helped", start='<tr id="c-', verdict="correct", **values) == 303
    assert '<td class="number">4</td>' in curator.get("/courses").text
    (_, row) = curator.get("/courses.csv").text.strip().split("\n")
    assert ",relapse,belimumab,,single,,4,2,mixed," in row


def test_curation_survives_a_run_that_reads_everything_again(curator: TestClient, own_run: Path) -> None:
    judge(curator, f"/claim/{treats(own_run)}", "fails in", verdict="reject")
    with Store(own_run / "sicca.db") as store:
        Notes(990000002, title="A longer title, so that every offset moves.").says(
            "RTX fails in vasculitis.", "RTX", "treats", "vasculitis", effect="ineffective", extractor="newer"
        ).into(store, stage_key="newer")
        assemble(store)
    assert "Rejected by Ada" in curator.get(f"/claim/{treats(own_run)}").text


def test_curation_leaves_as_gold_in_the_format_of_the_guidelines(
    curator: TestClient, own_run: Path, tmp_path: Path
) -> None:
    page = f"/claim/{treats(own_run)}"
    judge(curator, page, "cures", verdict="accept")
    judge(curator, page, "fails in", verdict="reject")
    with Store(own_run / "sicca.db", readonly=True) as store:
        lines = list(gold.lines(store.connection, book.read(own_run)))
    (tmp_path / "gold.jsonl").write_text("\n".join(lines), encoding="utf-8")
    first, second = golden.read(tmp_path / "gold.jsonl")
    (claim,) = first.claims
    assert (claim.predicate, claim.effect) == ("treats", "effective")
    assert first.spans(claim.subject)
    assert second.claims == ()
    assert json.loads(lines[0])["judged"]["claims"] == [1, 3]


def test_curation_refuses_a_form_of_another_server(curator: TestClient, own_run: Path) -> None:
    assert judge(curator, f"/claim/{treats(own_run)}", "fails in", verdict="reject", token="x") == 403  # noqa: S106
    assert not (own_run / book.NAME).exists()


@pytest.mark.parametrize(
    "more",
    [
        {"verdict": "burn"},
        {"verdict": "correct", "effect": "miraculous"},
        {"verdict": "accept", "id": "0"},
        {"verdict": "accept", "kind": "article"},
    ],
)
def test_curation_refuses_what_the_guidelines_do_not_know(
    curator: TestClient, own_run: Path, more: dict[str, str]
) -> None:
    assert judge(curator, f"/claim/{treats(own_run)}", "fails in", **more) == 404
    assert not (own_run / book.NAME).exists()


def test_curation_leads_back_to_this_server_only(curator: TestClient, own_run: Path) -> None:
    for back in ("//evil.example", "https://evil.example", "/\\evil.example", "/x\r\nSet-Cookie: a=b"):
        assert judge(curator, f"/claim/{treats(own_run)}", "fails in", verdict="accept", back=back) == 422


def test_curation_file_that_is_broken_is_named_with_its_line(own_run: Path) -> None:
    (own_run / book.NAME).write_text("\n{}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"curation\.jsonl:2: not a judgement"):
        book.read(own_run)
