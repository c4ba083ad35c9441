"""Each page says what the store holds, and an unknown name says what to do."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from graphs.store import Store, claims


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
