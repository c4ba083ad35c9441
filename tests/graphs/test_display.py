from __future__ import annotations

import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import polars
import pytest

from extractors.errors import InputError, SiccaError
from graphs.assembly import assemble
from graphs.display import frames, html
from graphs.notebook import Answers, Graph
from graphs.store import Store
from graphs.tables.table import Column, Kind, Quote, Table
from tests.graphs.fieldnotes import CONCEPTS, Notes
from tests.graphs.told import RETRACTED_PUBLICATION

HOSTILE = "RTX cures vasculitis <script>alert(1)</script> & \"quotes\" <img src=x onerror='alert(2)'>."


@pytest.fixture
def graph(tmp_path: Path) -> Iterator[Graph]:
    with Store(tmp_path / "sicca.db") as store:
        store.put_concepts(CONCEPTS)
        Notes(990000001, n=12).says(HOSTILE, "RTX", "treats", "vasculitis", effect="effective").says(
            "RTX raises BAFF.", "RTX", "increases", "BAFF"
        ).says("Belimumab targets BAFF.", "Belimumab", "targets", "BAFF").treated(
            "After RTX, belimumab helped 2 of 3 with vasculitis.", "belimumab", condition="vasculitis", prior=("RTX",),
            reason="refractory", patients=3, responders=2, outcome="improved",
        ).into(store)  # fmt: skip
        Notes(2).says("RTX fails in vasculitis.", "RTX", "treats", "vasculitis", effect="ineffective").into(store)
        assemble(store)
    with Graph(tmp_path) as opened:
        yield opened


class Elements(HTMLParser):
    """Which elements and attributes a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def shown(item: object) -> str:
    fragment = item._repr_html_()  # type: ignore[attr-defined]
    assert isinstance(fragment, str)
    return fragment


def test_an_answer_and_each_of_its_records_show_themselves_escaped(graph: Graph) -> None:
    for answers in (
        graph.treatments("vasculitis"),
        graph.evidence("RTX", "vasculitis"),
        graph.after_failure("RTX"),
        graph.contradictions(),
        graph.paths("RTX", "belimumab", via=["BAFF"]),
        (graph.explain("rituximab treats vasculitis"),),
        (graph.table("courses"),),
    ):
        assert len(answers)
        for item in (answers, answers[0]) if isinstance(answers, Answers) else answers:
            seen = Elements()
            seen.feed(shown(item))
            assert not seen.tags & {"script", "img"}, item
            assert not {name for name in seen.attributes if name.startswith("on")}, item
            assert "table" in seen.tags


def test_a_sentence_is_shown_verbatim_with_its_names_marked(graph: Graph) -> None:
    fragment = shown(graph.evidence("RTX", "BAFF"))
    assert ">RTX</mark> raises <mark" in fragment
    assert "990000001 (synthetic)" in fragment


def test_a_sentence_of_a_retracted_article_is_marked(tmp_path: Path) -> None:
    with Store(tmp_path / "sicca.db") as store:
        store.put_concepts(CONCEPTS)
        Notes(3, publication_types=RETRACTED_PUBLICATION).says("RTX raises BAFF.", "RTX", "increases", "BAFF").into(
            store
        )
        assemble(store)
    with Graph(tmp_path) as graph:
        assert ">3 (retracted)</a>" in shown(graph.evidence("RTX", "BAFF"))


def test_a_guessed_name_is_told(graph: Graph) -> None:
    assert "taken for rituximab" in shown(graph.treatments("vasculitis")) + shown(graph.adverse_events("ritux"))


def test_an_answer_is_a_sequence_of_records(graph: Graph) -> None:
    answers = graph.treatments("vasculitis")
    assert answers[0].claim.claim.subject.name == "rituximab"
    assert [answer.claim.id for answer in answers] == [answer.claim.id for answer in answers[:]]
    assert repr(answers) == f"<Treatments of vasculitis: {len(answers)} found>"


def test_pandas_and_polars_hold_the_same_cells(graph: Graph) -> None:
    answers = graph.after_failure("RTX")
    one, two = answers.to_pandas(), answers.to_polars()
    assert list(one.columns) == two.columns
    assert one["patients"].tolist() == two["patients"].to_list() == [3]
    assert two["sentence"].to_list() == ["After RTX, belimumab helped 2 of 3 with vasculitis."]


def test_a_column_of_numbers_and_ranges_becomes_text() -> None:
    table = Table("t", "T", (Column("a"), Column("b"), Column("c")), ((3, 1, None), ("3–5", 0.5, None)))
    assert frames.columns_of(table) == {"a": ["3", "3–5"], "b": [1.0, 0.5], "c": [None, None]}
    assert table.to_polars().schema["b"] == polars.Float64
    assert table.to_pandas()["b"].tolist() == [1, 0.5]


def test_an_empty_answer_says_so(graph: Graph) -> None:
    answers = graph.adverse_events("RTX")
    assert "Nothing found." in shown(answers)
    assert answers.to_pandas().empty
    assert answers.to_polars().is_empty()


def test_rows_left_out_are_told() -> None:
    table = Table("t", "T", (Column("a", Kind.NUMBER),), tuple((i,) for i in range(60)))
    assert "10 more rows are not shown." in html.table(table)


def test_a_pmid_leads_to_pubmed_unless_it_is_synthetic() -> None:
    assert 'href="https://pubmed.ncbi.nlm.nih.gov/123/"' in html.cell("123", Kind.PMID)
    assert "href" not in html.cell("990000001 (synthetic)", Kind.PMID)
    assert "href" not in html.cell("990000001 (synthetic, retracted)", Kind.PMID)
    assert 'gov/123/" rel="noreferrer">123 (concern)</a>' in html.cell("123 (concern)", Kind.PMID)
    assert html.cell(Quote("a<b", ((0, 1),)), Kind.QUOTE).endswith(">a</mark>&lt;b")


@pytest.mark.parametrize("package", ["pandas", "polars"])
def test_a_missing_package_names_the_extra(graph: Graph, monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(SiccaError, match=rf"{package} is not installed; run: pip install 'sicca\[notebook\]'"):
        getattr(graph.treatments("vasculitis"), f"to_{package}")()


def test_what_cannot_be_asked_is_said(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="give a subject"):
        graph.evidence()
    with pytest.raises(InputError, match="no predicate; there are treats"):
        graph.evidence("RTX", predicates=["cures"])
    with pytest.raises(InputError, match="no such table; there are courses"):
        graph.table("nothing")
    with pytest.raises(InputError, match="no such notice"):
        graph.retractions("nothing")
    with pytest.raises(InputError, match="no disease named"):
        graph.treatments("qqqq")
    with pytest.raises(InputError, match="no such store"):
        Graph(tmp_path / "elsewhere.db")
