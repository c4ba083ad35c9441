from collections.abc import Callable

from extractors.claims.pairs import NESTED, find_pairs
from extractors.claims.reading import Reading
from extractors.claims.types import read_signatures
from extractors.document import Document

JOINABLE = frozenset((s.subject, s.object) for s in read_signatures())


def named(document: Document) -> dict[tuple[str, str], int]:
    reading = Reading(document)
    names = [e.name for e in reading.entities]
    return {(names[p.subject], names[p.object]): len(p.meetings) for p in find_pairs(reading, JOINABLE)}


def test_pairs_count_the_sentences_that_name_both(read: Callable[..., Document]) -> None:
    document = read(
        "[Rituximab|Drug] helped [purpura|Disease]. We gave [rituximab|Drug] for [purpura|Disease].", title="On a case"
    )
    assert named(document)["Rituximab", "purpura"] == 2


def test_pairs_join_a_drug_of_the_title_with_a_disease_elsewhere(read: Callable[..., Document]) -> None:
    document = read("All had [purpura|Disease].", title="[Rituximab|Drug] again")
    assert named(document) == {("Rituximab", "purpura"): 0, ("purpura", "Rituximab"): 0}


def test_pairs_of_other_types_must_share_a_sentence(read: Callable[..., Document]) -> None:
    document = read("[Monocytes|Cell] were cultured. [BAFF|Protein] rose.", title="On culture")
    assert named(document) == {}


def test_pairs_keep_a_mention_inside_another(read: Callable[..., Document]) -> None:
    from extractors.records import Mention
    from extractors.values import MentionType

    document = read("[anti-CD20 antibody|Drug] was given.", title="On a case")
    outer = document.mentions[0]
    inner = Mention(outer.start + 5, outer.start + 9, "CD20", MentionType.PROTEIN, name="CD20")
    reading = Reading(document.with_mentions([outer, inner]))
    pair = next(p for p in find_pairs(reading, JOINABLE) if reading.entities[p.subject].name == "anti-CD20 antibody")
    assert [m.gap for m in pair.meetings] == [NESTED]
