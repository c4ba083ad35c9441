"""Where words stand in a text, as a pattern of alternatives would find them."""

import re

from hypothesis import given
from hypothesis import strategies as st

from extractors.language.occurrences import find_occurrences

FORMS = st.lists(st.sampled_from(["SS", "pSS", "SSc", "S S", "SS-A", "(SS)", "β", "as", "s"]), min_size=1, unique=True)
TEXTS = st.lists(st.sampled_from(["SS", "pSS", "s", " ", "-", "A", "c", "_", "(", ")", "β", "1", "as"]), max_size=25)


@given(FORMS, TEXTS)
def test_occurrences_are_what_a_pattern_finds(forms: list[str], pieces: list[str]) -> None:
    text = "".join(pieces)
    words = "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form)))
    plain = [(*m.span(), m.group(1)) for m in re.finditer(rf"(?<!\w)({words})(?!\w)", text)]
    assert list(find_occurrences(text, forms)) == plain
    plural = [(*m.span(), m.group(1)) for m in re.finditer(rf"(?<!\w)({words})s?(?!\w)", text)]
    assert list(find_occurrences(text, forms, plural=True)) == plural


def test_the_longest_form_wins() -> None:
    assert list(find_occurrences("pSS and SS", ["SS", "pSS"])) == [(0, 3, "pSS"), (8, 10, "SS")]
