from __future__ import annotations

import csv
import io
import struct
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.values import StudyDesign
from graphs.assembly import assemble
from graphs.store import Store, courses
from graphs.tables import formats, kinds, manuscript, picture, plots, workbook
from graphs.tables.summary import Finding, summarise, wilson
from graphs.tables.table import Quote, Table
from tests.graphs.fieldnotes import Notes

RETRACTED = {"publication_types": (("D016441", "Retracted Publication"),)}


def course(pmid: int, patients: int | None, responders: int | None, **fields: object) -> Notes:
    sentence = f"RTX helped {responders} of {patients} with vasculitis."
    notes = Notes(pmid, **fields)  # type: ignore[arg-type]
    return notes.treated(
        sentence, "RTX", condition="vasculitis", patients=patients, responders=responders, outcome="improved"
    )


def finding(store: Store) -> Finding:
    assemble(store)
    (found,) = summarise(s for s in courses.find(store.connection) if not s.retracted)
    return found


@pytest.fixture
def told(store: Store) -> Store:
    course(990000001, 4, 3).says(
        "=RTX <b>heals</b> vasculitis | well.", "RTX", "treats", "vasculitis", effect="effective"
    ).says("RTX left ESSDAI as it was.", "RTX", "affects_outcome", "ESSDAI", effect="no_difference").says(
        "RTX caused an infusion reaction.", "RTX", "causes_adverse_event", "infusion reaction"
    ).into(store)
    Notes(22).says("RTX raises BAFF.", "RTX", "increases", "BAFF").says(
        "RTX fails in vasculitis.", "RTX", "treats", "vasculitis", effect="ineffective"
    ).into(store)
    course(23, 100, 100, **RETRACTED).into(store)
    assemble(store)
    return store


@pytest.mark.parametrize("kind", ["outcomes", "adverse-events", "mechanisms"])
def test_tables_of_claims_tell_whose_finding_the_sentence_is(told: Store, kind: str) -> None:
    table = kinds.KINDS[kind][0](told.connection)
    place = [column.name for column in table.columns].index("origin")
    assert [row[place] for row in table.rows] == ["novel"]


@pytest.mark.parametrize(
    ("responders", "patients", "low", "high"),
    # By hand from Wilson's formula; 0/10 and 10/10 as in Newcombe (1998), table of examples of the score method.
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (81, 263, 0.2553, 0.3662)],
)
def test_wilson_interval_is_the_published_one(responders: int, patients: int, low: float, high: float) -> None:
    assert wilson(responders, patients) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 10_000), st.data())
def test_wilson_interval_holds_the_proportion(patients: int, data: st.DataObject) -> None:
    responders = data.draw(st.integers(0, patients))
    low, high = wilson(responders, patients)
    assert 0 <= low <= responders / patients + 1e-12
    assert responders / patients - 1e-12 <= high <= 1


def test_summary_pools_studies_and_leaves_reviews_apart(store: Store) -> None:
    course(1, 10, 5).into(store)
    course(2, 20, 16, design=StudyDesign.RANDOMISED_TRIAL).into(store)
    course(3, 300, 200, design=StudyDesign.META_ANALYSIS).into(store)
    found = finding(store)
    assert (found.patients_low, found.patients_high, found.responders_low) == (30, 30, 21)
    assert found.proportion == pytest.approx(0.7)
    assert found.by_design == "cohort 5/10; randomised_trial 16/20"
    assert found.reviews == "meta_analysis 200/300"
    assert (found.articles, found.studies) == (3, 2)


def test_summary_counts_one_study_once_and_a_doubtful_one_as_a_range(store: Store) -> None:
    course(1, 10, 5, registrations=("NCT00000001",)).into(store)
    course(2, 8, 4, registrations=("NCT00000001",)).into(store)
    found = finding(store)
    assert (found.patients_low, found.patients_high) == (10, 10)
    course(2, 8, 4, authors=()).treated("RTX helped 3 of 6 with vasculitis.", "RTX", condition="vasculitis",
                                        patients=6, responders=3).into(store)  # fmt: skip
    found = finding(store)
    assert (found.patients_low, found.patients_high) == (18, 24)


def test_summary_of_a_course_without_numbers_has_no_proportion(store: Store) -> None:
    course(1, None, None).into(store)
    found = finding(store)
    assert (found.patients_low, found.proportion, found.low) == (None, None, None)


@pytest.mark.parametrize("name", list(kinds.KINDS))
def test_tables_have_the_quote_and_the_pmid_beside_every_row(told: Store, name: str) -> None:
    table = kinds.KINDS[name][0](told.connection)
    assert table.rows
    names = [column.name for column in table.columns]
    for row in table.rows:
        assert len(row) == len(names)
        quote, pmid = row[names.index("sentence")], row[names.index("PMID")]
        assert isinstance(quote, Quote)
        assert quote.text
        assert str(pmid).startswith(("990000001", "22"))
        assert "23" not in str(pmid).split(", ")


def test_tables_mark_synthetic_records_and_what_the_row_is_about(told: Store) -> None:
    table = kinds.outcome_table(told.connection)
    (row,) = table.rows
    assert row[:3] == ("ESSDAI", "rituximab", "no_difference")
    quote = row[-1]
    assert isinstance(quote, Quote)
    assert [text for text, marked in quote.parts if marked] == ["RTX", "ESSDAI"]
    assert row[-2] == "990000001 (synthetic)"


def contradictions(store: Store) -> Table:
    return kinds.contradiction_table(store.connection)


def test_csv_table_is_neutralised(told: Store) -> None:
    (row,) = csv.DictReader(io.StringIO(formats.csv_text(contradictions(told))))
    assert row["sentence"].startswith(("'=RTX", "RTX fails")), row
    assert {row["one side"], row["other side"]} == {"effective", "ineffective"}


def test_xlsx_has_a_frozen_header_filters_links_and_no_formula(told: Store, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    path = tmp_path / "t.xlsx"
    workbook.write(contradictions(told), path)
    sheet = openpyxl.load_workbook(path).active
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "https://pubmed.ncbi.nlm.nih.gov/22/" in {cell.hyperlink.target for cell in cells if cell.hyperlink}
    assert not [cell for cell in cells if cell.hyperlink and "990000001" in cell.hyperlink.target]


def test_docx_table_repeats_its_header_and_marks_the_sentence(told: Store, tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    path = tmp_path / "t.docx"
    manuscript.write(kinds.outcome_table(told.connection), path)
    (grid,) = docx.Document(str(path)).tables
    assert [cell.text for cell in grid.rows[1].cells][:2] == ["ESSDAI", "rituximab"]
    assert [run.text for run in grid.rows[1].cells[-1].paragraphs[0].runs if run.bold] == ["RTX", "ESSDAI"]
    assert "tblHeader" in grid.rows[0]._tr.xml


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src"}]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_html_is_self_contained_and_highlights_the_sentence(told: Store, tmp_path: Path) -> None:
    path = tmp_path / "t.html"
    formats.write_html(contradictions(told), path)
    page = Page()
    page.feed(path.read_text(encoding="utf-8"))
    assert page.tags.count("mark") == 4
    assert "b" not in page.tags
    assert "<b>heals</b>" in page.text
    assert page.addresses == ["https://pubmed.ncbi.nlm.nih.gov/22/"]


def test_markdown_escapes_what_would_break_the_table(told: Store) -> None:
    text = formats.markdown_text(contradictions(told))
    rows = [line for line in text.splitlines() if line.startswith("| ") and "---" not in line]
    assert len(rows) == 2
    assert "\\<b\\>heals\\</b\\>" in rows[1]
    assert "\\| well." in rows[1]


def test_tables_are_the_same_to_the_byte(told: Store, tmp_path: Path) -> None:
    pytest.importorskip("openpyxl")
    pytest.importorskip("docx")
    writers: dict[str, Callable[[Table, Path], None]] = {
        "csv": formats.write_csv, "md": formats.write_markdown, "html": formats.write_html, "xlsx": workbook.write,
        "docx": manuscript.write,
    }  # fmt: skip
    for name, write in writers.items():
        for number in (1, 2):
            write(contradictions(told), tmp_path / f"{number}.{name}")
        assert (tmp_path / f"1.{name}").read_bytes() == (tmp_path / f"2.{name}").read_bytes()


def test_plots_are_svg_that_say_the_figures(told: Store) -> None:
    found = summarise(s for s in courses.find(told.connection) if not s.retracted)
    drawing = plots.forest("vasculitis & more", found)
    texts = [node.text or "" for node in ElementTree.fromstring(drawing).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314
    assert "Response to treatment: vasculitis & more" in texts
    assert "3/4, 75% (30–95)" in texts
    assert f"in {found[0].condition}" in texts  # a kind of what was asked for is named
    assert f"in {found[0].condition}" not in plots.forest(found[0].condition.upper(), found)
    ElementTree.fromstring(plots.forest("x", []))  # noqa: S314
    bars = plots.timeline("RTX", [(2010, 2, 0), (2015, 1, 3)])
    assert ElementTree.fromstring(bars).tag.endswith("svg")  # noqa: S314
    ElementTree.fromstring(plots.timeline("none", []))  # noqa: S314


def test_pictures_are_png_with_their_words_and_the_same_bytes() -> None:
    drawing = plots.timeline("Sjögren syndrome, β-2", [(2010, 2, 0), (2015, 1, 3)])
    drawn = picture.png(drawing)
    width, height = struct.unpack(">II", drawn[16:24])
    assert drawn.startswith(b"\x89PNG\r\n\x1a\n")
    assert (width, height) == (480 * picture.ZOOM, 300 * picture.ZOOM)
    assert picture.png(drawing) == drawn
    assert picture.png(drawing.replace("Sjögren syndrome, β-2", "")) != drawn
