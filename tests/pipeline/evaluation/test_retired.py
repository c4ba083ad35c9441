"""Synthetic corpus annotations with ids of another year, against the shipped vocabulary."""

import pytest

from extractors.values import MentionType
from extractors.vocabulary import compiled
from pipeline.evaluation.mentions import CorpusDocument
from pipeline.evaluation.retired import of_today, successors

#: A record that is a heading of the same name by now, and one that the vocabulary still has.
RETIRED, KEPT = "C012052", "C511911"
TEXT = "Amisulpride, AMS or lithium may cause goitre."


def document(*mentions: tuple[int, int, str]) -> CorpusDocument:
    found = tuple((start, end, MentionType.DRUG, tuple(ids.split(";"))) for start, end, ids in mentions)
    return CorpusDocument("1", found, (("CID", RETIRED, "D006042"), ("CID", "D008094", "D006042")))


@pytest.mark.parametrize(
    ("mentions", "expected"),
    [
        pytest.param([(0, 11, RETIRED)], {RETIRED: "D000077582"}, id="a heading's own name"),
        pytest.param([(0, 11, RETIRED), (13, 16, RETIRED)], {RETIRED: "D000077582"}, id="beside a short form"),
        pytest.param([(13, 16, RETIRED)], {}, id="no heading's name"),
        pytest.param([(0, 11, RETIRED), (20, 27, RETIRED)], {}, id="names of two headings"),
        pytest.param([(0, 11, f"{RETIRED};D008094")], {}, id="only beside another id"),
        pytest.param([(0, 11, KEPT)], {}, id="an id that is still there"),
        pytest.param([(0, 11, "-1")], {}, id="no id"),
    ],
)
def test_an_id_is_followed_where_its_name_is_a_heading_of_today(
    mentions: list[tuple[int, int, str]], expected: dict[str, str]
) -> None:
    assert successors([(document(*mentions), TEXT)], compiled.shipped()) == expected


def test_relations_name_the_successors_and_nothing_else_changes() -> None:
    before = document((0, 11, RETIRED))
    after = of_today(before, {RETIRED: "D000077582"})
    assert after.relations == (("CID", "D000077582", "D006042"), ("CID", "D008094", "D006042"))
    assert (after.id, after.mentions) == (before.id, before.mentions)
