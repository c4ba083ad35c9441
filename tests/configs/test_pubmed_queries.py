"""The shipped PubMed queries, by the rules that a librarian checks before pressing the button."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from pipeline import config
from pipeline.config import Query

QUERIES = config.load("pss_cryo_baff").pubmed.query
#: The search fields that our queries may use.
FIELDS = {"Mesh", "mh", "tiab", "ti", "nm", "pt", "tw"}
TOKEN = re.compile(
    r'\s*(?:(?P<paren>[()])|(?P<operator>AND|OR|NOT)\b|(?P<term>"[^"\[\]()]+"|[\w\'*-]+)\[(?P<field>\w+)\])'
)

each_query = pytest.mark.parametrize("query", QUERIES, ids=[query.name for query in QUERIES])


def tokens(query: str) -> list[re.Match[str]]:
    """Return the parentheses, operators and tagged terms, which have to cover the whole query."""
    found, place = [], 0
    while query[place:].strip():
        token = TOKEN.match(query, place)
        assert token, f"neither parenthesis, AND, OR, NOT nor term[field]: {query[place : place + 60]!r}"
        found.append(token)
        place = token.end()
    return found


def structure(query: str) -> str:
    """Return the query with t for each term: "(t OR t) AND t"."""
    return " ".join(token["paren"] or token["operator"] or "t" for token in tokens(query))


@each_query
def test_pubmed_query_is_well_formed(query: Query) -> None:
    text = structure(query.term)
    shrunk = ""
    while shrunk != text:
        shrunk, text = text, re.sub(r"\( t \)|t (?:AND|NOT) t|t(?: OR t)+", "t", text)
    assert text == "t"


@each_query
def test_pubmed_query_never_mixes_operators_without_parentheses(query: Query) -> None:
    """PubMed reads from left to right: a OR b AND c is (a OR b) AND c, which is hardly ever meant."""
    levels: list[set[str]] = [set()]
    for part in structure(query.term).split():
        if part == "(":
            levels.append(set())
        elif part == ")":
            assert len(levels.pop()) <= 1
        elif part != "t":
            levels[-1].add(part)
    assert len(levels) == 1
    assert len(levels[0]) <= 1


@each_query
def test_pubmed_query_uses_known_fields_and_lawful_truncation(query: Query) -> None:
    terms = [token for token in tokens(query.term) if token["term"]]
    assert {token["field"] for token in terms} <= FIELDS
    for token in terms:
        term = token["term"]
        if "*" in term:
            assert re.fullmatch(r"\w{4,}\*", term), f"{term}: four letters before *, nothing after, no quotes"
        if token["field"] == "Mesh":
            assert term.startswith('"'), f"{term}: headings are quoted, or PubMed maps them to what it likes"
    assert not re.search(r"[“”‘’]", query.term)


@each_query
def test_pubmed_query_asks_for_nothing_twice_in_a_row(query: Query) -> None:
    asked = [token.group().split() for token in tokens(query.term) if token["term"]]
    assert all(one != other for one, other in pairwise(asked))


@each_query
def test_pubmed_query_says_why_it_is_asked(query: Query) -> None:
    assert query.why.endswith(".")
    assert "\n" not in query.why


def test_pubmed_queries_of_the_real_question_name_all_that_it_is_about() -> None:
    term = " ".join(query.term for query in QUERIES)
    for name in (
        "sjogren*", "sjögren*", "sjoegren*", '"sjogren disease"', '"sicca syndrome"', '"Sjogren\'s Syndrome"[Mesh]',
        '"Cryoglobulinemia"[Mesh]', "cryoglobulinaemi*", "cryoglobulinemi*", '"cryoglobulinaemic vasculitis"',
        "BAFF", "BLyS", "TNFSF13B", "belimumab", "ianalumab", "VAY736", "telitacicept", "atacicept", "blisibimod",
        "tabalumab", "rituximab", "obinutuzumab", "ofatumumab", "ocrelizumab", "obexelimab", "inebilizumab",
        "epratuzumab", "dazodalibep", "iscalimab", '"Autoimmune Diseases"[Mesh]',
    ):  # fmt: skip
        assert name in term


@pytest.mark.parametrize(
    "broken",
    ["(a[ti] OR b[ti]", "a[ti]) OR b[ti]", "a[ti] b[ti]", "a[ti] OR", "OR a[ti]", "a[ti] AND AND b[ti]", "()"],
)
def test_pubmed_query_check_finds_what_is_broken(broken: str) -> None:
    with pytest.raises(AssertionError):
        test_pubmed_query_is_well_formed(Query(name="broken", term=broken))


@pytest.mark.parametrize("broken", ['"a[ti]', "a", "a OR b[ti]", "a[ti"])
def test_pubmed_query_check_finds_what_is_no_term(broken: str) -> None:
    with pytest.raises(AssertionError, match="neither parenthesis"):
        tokens(broken)
