import itertools

import pytest

from extractors.document import Document
from extractors.language.nlp import build_nlp, parse
from extractors.mentions.consistency import Found, agree
from extractors.records import Article
from extractors.values import MentionType


def read(text: str) -> Document:
    return next(iter(parse([Article("PMID:990000001", "A study", text)], build_nlp())))


def found(document: Document, *words: str, kind: MentionType = MentionType.DISEASE, nth: int = 0) -> list[Found]:
    places = []
    for word in words:
        start = -1
        for _ in range(nth + 1):
            start = document.text.index(word, start + 1)
        places.append((start, start + len(word), kind))
    return places


@pytest.mark.parametrize(
    ("text", "seen", "expected"),
    [
        ("Purpura came. Later, purpura and purpura.", ["purpura"], ["purpura", "purpura"]),
        ("A purpura-like rash and purpura.", ["purpura"], ["purpura", "purpura"]),
        ("Myositis, dermatomyositis and myositis.", ["myositis."[:-1]], ["myositis"]),
        ("Lung and lung disease, lung disease.", ["lung disease"], ["lung disease", "lung disease"]),
        ("MS is MS.", ["MS"], ["MS"]),
    ],
)
def test_agree_finds_the_same_words_elsewhere(text: str, seen: list[str], expected: list[str]) -> None:
    document = read(text)
    last = [(document.text.rindex(w), document.text.rindex(w) + len(w), MentionType.DISEASE) for w in seen]
    assert [document.text[s:e] for s, e, _ in agree(document, last)] == expected


def test_agree_leaves_words_that_are_mostly_no_mention() -> None:
    document = read("Cold, cold, cold, cold, cold and cold.")
    assert agree(document, found(document, "cold")) == found(document, "cold")


def test_agree_gives_a_short_form_the_type_of_its_long_form() -> None:
    document = read("Progressive muscular rigidity (PMR) is rare. PMR and PMR flares were seen.")
    mentions = agree(document, found(document, "Progressive muscular rigidity"))
    assert [document.text[s:e] for s, e, _ in mentions] == ["Progressive muscular rigidity", "PMR", "PMR", "PMR"]
    assert {kind for _, _, kind in mentions} == {MentionType.DISEASE}


def test_agree_keeps_a_mention_that_goes_beyond_the_short_form() -> None:
    document = read("Progressive muscular rigidity (PMR) is rare. PMR flares were seen.")
    flare = found(document, "PMR flares", kind=MentionType.OUTCOME)
    mentions = agree(document, [*found(document, "Progressive muscular rigidity"), *flare])
    assert flare[0] in mentions
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(mentions))


def test_agree_has_nothing_to_add_to_nothing() -> None:
    assert agree(read("Nothing here."), []) == []
