import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.language.sections import flat_article

#: Abstracts written for this test, and (label, NLM category, text) of each part expected.
ROWS = [
    ("One. Two.", [(None, None, "One. Two.")]),
    ("BACKGROUND: One. RESULTS: Two.", [("BACKGROUND", "BACKGROUND", "One."), ("RESULTS", "RESULTS", "Two.")]),
    ("Aims: One. Patients and Methods: Two.", [("Aims", "OBJECTIVE", "One."), ("Patients and Methods", "METHODS", "Two.")]),
    ("Objective: In 9 of 12 (75%). Conclusion: Yes.", [("Objective", "OBJECTIVE", "In 9 of 12 (75%)."), ("Conclusion", "CONCLUSIONS", "Yes.")]),
    ("We report results: none. METHODS: Two.", [(None, None, "We report results: none."), ("METHODS", "METHODS", "Two.")]),
    ("The RESULTS: were good.", [(None, None, "The RESULTS: were good.")]),
    ("METHODS AND FINDINGS: One.", [("METHODS AND FINDINGS", "METHODS", "One.")]),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("abstract", "expected"), ROWS)
def test_sections_are_read_off_a_flat_abstract(
    abstract: str, expected: list[tuple[str | None, str | None, str]]
) -> None:
    article = flat_article("D", "A title", abstract)
    title, *parts = article.passages
    assert article.text[title.start : title.end] == "A title"
    assert [(p.label, p.category, article.text[p.start : p.end]) for p in parts] == expected


@given(st.text(max_size=30).filter(lambda t: "\n" not in t), st.text(alphabet="RESULT :.ab\u00a0é", max_size=80))
def test_sections_are_ordered_stretches_of_the_text(title: str, abstract: str) -> None:
    article = flat_article("D", title, abstract)
    assert article.text == f"{title}\n{abstract}"
    bounds = [bound for p in article.passages for bound in (p.start, p.end)]
    assert bounds == sorted(bounds)
    assert all(0 <= bound <= len(article.text) for bound in bounds)
