import pytest

from extractors.assertion.direction import BITS, direction_features, roles_of


def features(text: str) -> set[int]:
    words = text.lower().split()
    roles = roles_of(words, "rituximab", "placebo", "fatigue score")
    return set(direction_features(text.lower(), words, roles, "fatigue score").tolist())


def test_direction_roles_take_the_control_group_for_the_comparator() -> None:
    words = ["fatigue", "fell", "with", "rituximab", "against", "controls"]
    assert roles_of(words, "rituximab", "best care", "fatigue") == ["O", "", "", "I", "", "C"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("fatigue was lower with rituximab ( p = 0.01 )", "fatigue was lower with rituximab ( p = 0.40 )"),
        ("hr 0.5 , 95 % ci 0.3 to 0.8", "hr 0.9 , 95 % ci 0.7 to 1.2"),
        ("rituximab 12 versus placebo 30", "rituximab 30 versus placebo 12"),
    ],
)
def test_direction_reads_what_the_numbers_say(one: str, other: str) -> None:
    assert features(one) != features(other)


def test_direction_takes_numbers_that_say_the_same_as_the_same() -> None:
    assert features("rituximab 12 versus placebo 30 ( p = 0.01 )") == features(
        "rituximab 11 versus placebo 31 ( p = 0.02 )"
    )


def test_direction_features_are_places_in_order() -> None:
    words = ["rituximab", "helped"]
    places = direction_features("rituximab helped", words, ["I", ""], "fatigue").tolist()
    assert places == sorted(set(places))
    assert all(0 <= place < 1 << BITS for place in places)
