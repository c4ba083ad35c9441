import pytest

from extractors.document import Document
from extractors.language.nlp import build_nlp, parse
from extractors.mentions.merge import build
from extractors.records import Article, Mention
from extractors.values import MentionType

TEXT = "Relapse of vasculitis after B-cell depletion with rituximab"
DRUG, DISEASE, CELL = MentionType.DRUG, MentionType.DISEASE, MentionType.CELL
PROCESS, OUTCOME = MentionType.PROCESS, MentionType.OUTCOME


def mention(words: str, kind: MentionType, source: str, concept: str | None = None) -> Mention:
    start = TEXT.index(words)
    return Mention(start, start + len(words), words, kind, concept, words, source)


def statistical(words: str, kind: MentionType) -> Mention:
    return mention(words, kind, "statistical")


def dictionary(words: str, kind: MentionType, concept: str | None = "SICCA:x") -> Mention:
    return mention(words, kind, "dictionary", concept)


def merged(*mentions: Mention) -> set[tuple[str, MentionType, str | None]]:
    document: Document = next(iter(parse([Article("PMID:990000001", TEXT, "")], build_nlp())))
    return {(m.text, m.type, m.concept) for m in build().extract(document.with_mentions(mentions))}


def test_merge_ties_the_statistical_mention_to_the_concept_of_the_same_words() -> None:
    found = merged(statistical("rituximab", DRUG), dictionary("rituximab", DRUG))
    assert found == {("rituximab", DRUG, "SICCA:x")}


@pytest.mark.parametrize(
    ("outer", "inner", "kept"),
    [
        (statistical("B-cell depletion", PROCESS), dictionary("B-cell", CELL), True),
        (statistical("Relapse", OUTCOME), dictionary("B-cell", CELL), True),
        (statistical("Relapse", OUTCOME), dictionary("rituximab", DRUG), False),
        (statistical("Relapse", OUTCOME), dictionary("vasculitis", DISEASE), False),
    ],
)
def test_merge_adds_names_that_were_passed_over_but_for_drugs_and_diseases(
    outer: Mention, inner: Mention, kept: bool
) -> None:
    assert ((inner.text, inner.type, "SICCA:x") in merged(outer, inner)) is kept


def test_merge_keeps_the_names_where_the_statistical_recogniser_did_not_run() -> None:
    assert merged(dictionary("rituximab", DRUG)) == {("rituximab", DRUG, "SICCA:x")}


def test_merge_gives_a_name_the_prefix_that_turns_it() -> None:
    text = "It was seen in non-B cells"
    document: Document = next(iter(parse([Article("PMID:990000001", text, "")], build_nlp())))
    place = text.index("B cells")
    found = Mention(place, place + 7, "B cells", CELL, "CL:0000236", "B cells", "dictionary")
    assert [(m.text, m.concept) for m in build().extract(document.with_mentions([found]))] == [("non-B cells", None)]
