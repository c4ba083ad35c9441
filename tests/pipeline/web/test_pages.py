"""Each page says what the store holds, and an unknown name says what to do."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from graphs import explanation
from graphs.assembly import assemble
from graphs.store import Store, claims
from pipeline.web.app import create_app
from pipeline.web.settings import Settings
from tests.graphs.fieldnotes import CONCEPTS, Notes


def test_pages_start_tells_what_the_run_holds(browser: TestClient) -> None:
    page = browser.get("/").text
    assert "1 synthetic records" in page
    assert "rituximab" in page


@pytest.mark.parametrize(
    ("typed", "leads"),
    [
        ("RTX", "/concept?id=MESH%3AD000069283"),
        ("what after rituximab failed", "/after-failure?after=rituximab"),
        ("what was given after RTX failed in vasculitis?", "/after-failure?after=RTX&disease=vasculitis"),
        ("how does rituximab lead to BAFF?", "/path?from=rituximab&to=BAFF"),
        ("990000002", "/article?id=PMID%3A990000002"),
    ],
)
def test_pages_search_goes_to_what_is_meant(browser: TestClient, typed: str, leads: str) -> None:
    answer = browser.get("/search", params={"q": typed})
    assert answer.status_code == 303
    assert answer.headers["location"] == leads


def test_pages_search_for_an_unknown_name_offers_near_ones(browser: TestClient) -> None:
    answer = browser.get("/search", params={"q": "rituxumab"})
    assert answer.status_code == 404
    assert "did you mean: rituximab" in answer.text


def test_pages_concept_shows_each_kind_of_claim(browser: TestClient) -> None:
    page = browser.get("/concept", params={"id": "RTX"}).text
    for heading in ("Conditions it is given for", "Outcomes", "Adverse events", "Mechanisms", "Evidence over time"):
        assert heading in page
    assert '<mark class="object" title="object: vasculitis">vasculitis</mark>' in page


def test_pages_claim_sets_both_sides_beside_each_other(browser: TestClient, run: Path) -> None:
    with Store(run / "sicca.db", readonly=True) as store:
        (claim,) = [c for c in claims.read(store.connection) if c.claim.predicate == "treats"]
    page = browser.get(f"/claim/{claim.id}").text
    assert "<h2>Against" in page
    assert "weighs nothing: retracted" in page
    assert "infusion" not in page


def test_pages_claim_of_many_sentences_shows_the_strongest_and_all_on_demand(tmp_path: Path) -> None:
    with Store(tmp_path / "sicca.db") as store:
        store.put_concepts(CONCEPTS)
        for number in range(1, 131):
            effect = "ineffective" if number % 5 == 0 else "effective"
            notes = Notes(number, n=number)
            notes.says(f"Case {number}: RTX and vasculitis.", "RTX", "treats", "vasculitis", effect=effect)
            notes.into(store)
        assemble(store)
        (claim,) = claims.read(store.connection)
        lines = explanation.explain(store.connection, claim).lines
    expected = {
        way: [line.source.evidence.id for line in lines if line.source.evidence.effect == way]
        for way in ("effective", "ineffective")
    }
    with TestClient(create_app(Settings(run=tmp_path, rows=60)), base_url="http://localhost") as browser:
        first = browser.get(f"/claim/{claim.id}").text
        assert "20 of 104 sentences shown, the strongest." in first
        assert "20 of 26 sentences shown, the strongest." in first
        for side, way in (("for", "effective"), ("against", "ineffective")):
            shown = [id_ for id_ in re.findall(r'<article class="reading" id="e-(\w+)"', first) if id_ in expected[way]]
            start = 20
            while start:
                page = browser.get(f"/claim/{claim.id}/sentences", params={"side": side, "start": start}).text
                shown += re.findall(r'<article class="reading" id="e-(\w+)"', page)
                more = re.search(r"side=\w+&amp;start=(\d+)", page)
                start = int(more[1]) if more else 0
            assert shown == expected[way]
        assert "No further sentence" in browser.get(f"/claim/{claim.id}/sentences?start=999").text


def test_pages_article_lays_names_over_the_text_at_their_offsets(browser: TestClient) -> None:
    page = browser.get("/article", params={"id": "990000002"}).text
    assert 'title="Drug: rituximab">RTX</a> fails in <a' in page
    assert "Synthetic record." in page


def test_pages_article_that_was_retracted_says_so_first(browser: TestClient) -> None:
    assert 'role="alert"><strong>Retracted.' in browser.get("/article", params={"id": "3"}).text


@pytest.mark.parametrize("address", ["/nowhere", "/claim/0", "/article?id=7", "/concept?id=nobody"])
def test_pages_what_is_not_there_is_a_page_that_says_what_to_do(browser: TestClient, address: str) -> None:
    answer = browser.get(address)
    assert answer.status_code == 404
    assert "into the box above" in answer.text
