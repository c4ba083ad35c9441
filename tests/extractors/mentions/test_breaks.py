import pytest

from extractors.mentions.breaks import broken
from extractors.records import Mention
from extractors.values import MentionType

DISEASE, DRUG = MentionType.DISEASE, MentionType.DRUG


def named(text: str, *words: str, concept: str | None = "MESH:D000001") -> list[Mention]:
    return [Mention(text.index(w), text.index(w) + len(w), w, DISEASE, concept, w, "dictionary") for w in words]


@pytest.mark.parametrize(
    ("text", "known", "kind", "expected"),
    [
        ("vasculitis complicating lupus", ["lupus"], DISEASE, ["vasculitis", "lupus"]),
        ("vasculitis  Complicated by\nnephritis", ["nephritis"], DISEASE, ["vasculitis", "nephritis"]),
        ("nephritis secondary to mixed cryoglobulinaemia", ["cryoglobulinaemia"], DISEASE, ["nephritis", "cryoglob"]),
        ("purpura due to something", [], DISEASE, ["purpura"]),
        ("pain associated with arthritis", ["arthritis"], DISEASE, ["pain associated with arthritis"]),
        ("non-complicating fever", ["fever"], DISEASE, ["non-complicating fever"]),
        ("withdrawal due to events", [], DRUG, ["withdrawal due to events"]),
    ],
)
def test_a_diseases_name_ends_where_another_thing_begins(
    text: str, known: list[str], kind: MentionType, expected: list[str]
) -> None:
    found = [text[start:end] for start, end, _ in broken((0, len(text)), kind, text, named(text, *known))]
    assert len(found) == len(expected)
    assert all(a.startswith(b) for a, b in zip(found, expected, strict=True))


def test_what_follows_counts_only_where_it_is_linked_and_inside() -> None:
    text = "vasculitis complicating lupus and gout"
    assert len(list(broken((0, 29), DISEASE, text, named(text, "lupus", concept=None)))) == 1
    assert len(list(broken((0, 29), DISEASE, text, named(text, "gout")))) == 1
