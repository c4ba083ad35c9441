from collections.abc import Callable

import pytest

from extractors.claims.entities import fold, group
from extractors.document import Document
from extractors.values import MentionType


@pytest.mark.parametrize(
    ("one", "other"),
    [("B cells", "B-cell"), ("B‐cells", "b cell"), ("anti-SSA/Ro", "Anti SSA Ro"), ("cryoglobulins", "Cryoglobulin")],
)
def test_fold_joins_spellings(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("IL-6", "IL-16"), ("SS", "S"), ("C3", "C4")])
def test_fold_keeps_names_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_group_takes_an_abbreviation_and_its_long_form_as_one(read: Callable[..., Document]) -> None:
    document = read(
        "[Rituximab|Drug] ([RTX|Drug]) was given. [RTX|Drug] helped.",
        title="Of [vasculitis|Disease]",
        abbreviations=(("RTX", "Rituximab"),),
    )
    sizes = {entity.name: len(entity.mentions) for entity in group(document)}
    assert sizes == {"vasculitis": 1, "Rituximab": 3}


def test_group_puts_the_nearest_mention_first(read: Callable[..., Document]) -> None:
    document = read("[Belimumab|Drug] came. [Belimumab|Drug] went.")
    entity = next(e for e in group(document) if e.name == "Belimumab")
    later = entity.mentions[1]
    assert entity.argument(later).spans == (later.span, entity.mentions[0].span)


def test_a_cell_line_counts_as_a_cell_and_keeps_its_type(read: Callable[..., Document]) -> None:
    (_, line) = group(read("[Raji|CellLine] grew.", title="Of [BAFF|Protein]"))
    assert (line.kind, line.argument().type) == (MentionType.CELL, MentionType.CELL_LINE)
