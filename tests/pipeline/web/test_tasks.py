"""What a researcher does, in a real browser on the embedded (synthetic) sample: from the question to the table."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from tests.pipeline.web.chromium import Watched, needs_chromium

pytestmark = needs_chromium
Open = Callable[..., Watched]


def saved(watched: Watched, name: str, folder: Path) -> Path:
    """Press a download button and return the file."""
    with watched.page.expect_download() as waiting:
        watched.page.get_by_role("link", name=name, exact=True).click()
    path: Path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_tasks_from_what_after_rituximab_failed_to_a_table_with_sentences(
    served: str, open_page: Open, tmp_path: Path
) -> None:
    watched = open_page(served)
    page = watched.page
    watched.go("/")
    page.get_by_role("combobox").fill("what after rituximab failed")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="After rituximab failed").wait_for()
    assert page.locator(".flow svg .band").count() > 5
    page.get_by_label("Because").select_option("refractory")
    page.wait_for_url(re.compile("reason=refractory"))
    page.locator("h1").wait_for()
    rows = list(csv.DictReader(saved(watched, "CSV", tmp_path).read_text(encoding="utf-8").splitlines()))
    assert {row["why they ended"] for row in rows} == {"refractory"}
    assert all("rituximab" in row["prior treatments"] and row["sentence"] and row["PMID"] for row in rows)
    assert page.locator("tr.above").count() == len(rows)


def test_tasks_a_name_is_found_with_the_keyboard_alone(served: str, open_page: Open) -> None:
    watched = open_page(served)
    page = watched.page
    watched.go("/names")
    page.keyboard.press("/")
    page.keyboard.type("belim", delay=20)
    page.locator("#suggestions [role=option]").first.wait_for()
    assert page.get_by_role("combobox").get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    assert page.locator("[role=option][aria-selected=true]").inner_text().startswith("belimumab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/concept"))
    assert page.locator("h1").inner_text() == "belimumab"


def test_tasks_from_a_claim_to_the_words_of_the_abstract(served: str, open_page: Open) -> None:
    watched = open_page(served)
    page = watched.page
    watched.go("/concept?id=rituximab")
    page.locator("#treats a.why").first.click()
    page.get_by_text("How belief is reckoned").wait_for()
    quote = page.locator(".reading .quote").first.inner_text()
    subject = page.locator(".reading .quote mark.subject").first.inner_text()
    page.locator(".reading .pmid a").first.click()
    page.locator("li.current").wait_for()
    assert page.locator("mark.subject").first.inner_text() == subject
    assert quote in " ".join(page.locator("main").inner_text().split())


def test_tasks_both_sides_of_a_contradiction_and_what_differs(served: str, open_page: Open) -> None:
    watched = open_page(served)
    page = watched.page
    watched.go("/contradictions")
    page.get_by_label("About").fill("rituximab")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("heading", name="about rituximab").wait_for()
    first = page.locator(".conflict").first
    assert first.locator(".sides > section").count() == 2
    assert "What differs:" in first.inner_text()
    first.get_by_text("all evidence").click()
    page.locator("h2", has_text="Against").wait_for()


def test_tasks_courses_are_filtered_and_sorted_and_their_address_gives_the_same_again(
    served: str, open_page: Open, tmp_path: Path
) -> None:
    watched = open_page(served)
    page = watched.page
    watched.go("/courses")
    page.get_by_label("Condition").fill("cryoglobulinaemic vasculitis")
    page.get_by_label("Outcome").select_option("improved")
    page.wait_for_url(re.compile("outcome=improved"))
    page.get_by_role("link", name="Year").click()
    page.get_by_role("link", name="Year").click()
    page.locator("th[aria-sort=ascending]", has_text="Year").wait_for()
    years = page.locator("tr.above td:last-child").all_inner_texts()
    assert years == sorted(years)
    address = page.url
    again = open_page(served)
    again.page.goto(address)
    assert again.page.locator("tr.above td:last-child").all_inner_texts() == years
    openpyxl = pytest.importorskip("openpyxl")
    sheet = openpyxl.load_workbook(saved(watched, "XLSX", tmp_path)).active
    assert sheet.max_row == len(years) + 1


def test_tasks_a_manuscript_table_and_its_references_are_taken_away(
    served: str, open_page: Open, tmp_path: Path
) -> None:
    watched = open_page(served)
    watched.go("/courses?treatment=belimumab")
    rows = watched.page.locator("tr.above").count()
    (table,) = Document(str(saved(watched, "DOCX", tmp_path))).tables
    assert len(table.rows) == rows + 1
    rispy = pytest.importorskip("rispy")
    references = rispy.loads(saved(watched, "RIS", tmp_path).read_text(encoding="utf-8"))
    assert references
    assert all("synthetic record" in reference["notes"] for reference in references)


def test_tasks_the_graph_grows_by_keyboard_and_keeps_its_filters_in_the_address(served: str, open_page: Open) -> None:
    watched = open_page(served)
    page = watched.page
    watched.go("/graph?about=BAFF&predicate=increases")
    page.locator("#graph[data-ready]").wait_for()
    before = int(page.locator("#graph").get_attribute("data-ready") or 0)
    assert page.locator("#graph-rows td:nth-child(2)").all_inner_texts() == ["increases"] * before
    watched.go("/graph?about=BAFF")
    page.locator("#graph[data-ready]").wait_for()
    before = int(page.locator("#graph").get_attribute("data-ready") or 0)
    page.locator("#graph").focus()
    for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
    # No value may come back: the graph refers to itself without end.
    page.evaluate("() => { sicca.cy.nodes().unselect(); sicca.cy.nodes('[name = \"rituximab\"]').select(); }")
    page.keyboard.press("Enter")
    page.locator(f"#graph:not([data-ready='{before}'])").wait_for()
    page.keyboard.press("o")
    page.wait_for_url(re.compile("/concept"))
    assert page.locator("h1").inner_text() == "rituximab"


def test_tasks_the_rationale_for_belimumab_after_rituximab_is_shown_hop_by_hop(served: str, open_page: Open) -> None:
    watched = open_page(served)
    page = watched.page
    watched.go("/path")
    page.get_by_label("From").fill("rituximab")
    page.get_by_label("By way of").fill("BAFF")
    page.get_by_label("To", exact=True).fill("belimumab")
    page.get_by_role("button", name="Find").click()
    page.locator(".path").first.wait_for()
    stops = page.locator(".path").first.locator(".stop").all_inner_texts()
    assert stops == ["rituximab", "BAFF", "belimumab"]
    assert page.locator(".path").first.locator(".quote").count() == 2


def test_tasks_retracted_and_synthetic_articles_cannot_be_mistaken(served: str, open_page: Open) -> None:
    watched = open_page(served)
    page = watched.page
    watched.go("/retractions")
    page.locator("td a").first.click()
    assert page.get_by_role("alert").inner_text().startswith("Retracted.")
    assert "Synthetic record." in page.locator("main").inner_text()
    assert page.get_by_text("PubMed ↗").count() == 0
    assert page.locator("header .notice.synthetic").is_visible()


def test_tasks_what_is_new_and_what_changed_against_another_run(served: str, open_page: Open) -> None:
    watched = open_page(served)
    page = watched.page
    watched.go("/runs")
    page.get_by_role("link", name="from earlier to sample").click()
    page.get_by_text("Nothing changed.").wait_for()
    watched.go("/runs")
    page.get_by_role("link", name="What is new since a run").click()
    page.get_by_role("heading", name="What is new").wait_for()
    assert page.locator(".badge.new").count() > 50


def test_tasks_the_chosen_theme_is_kept_from_page_to_page(served: str, open_page: Open) -> None:
    watched = open_page(served, color_scheme="light")
    page = watched.page
    watched.go("/")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Switch between light and dark").click()
    watched.go("/courses")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


def test_tasks_the_first_tab_leads_past_the_header(served: str, open_page: Open) -> None:
    watched = open_page(served)
    watched.go("/courses")
    watched.page.keyboard.press("Tab")
    watched.page.keyboard.press("Enter")
    assert watched.page.evaluate("document.activeElement.id") == "main"


def test_tasks_every_question_is_answered_without_a_script(served: str, open_page: Open) -> None:
    watched = open_page(served, java_script_enabled=False)
    page = watched.page
    watched.go("/after-failure")
    page.get_by_label("Drug or class that failed").fill("rituximab")
    page.get_by_role("button", name="Show").click()
    assert page.locator("h1").inner_text() == "After rituximab failed"
