"""Short names that a text gives its chains: "pentostatin, cyclophosphamide and rituximab (PCR)" and later "PCR"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from extractors.courses.chains import LONGEST_CHAIN, Entry, Naming, Occurrence, chains_in
from extractors.document import Document
from extractors.records import Sentence

#: A short name in brackets right after a chain.
IN_BRACKETS = re.compile(r"\s?[(\[](?P<name>[A-Z][\w+/‐–-]{1,14})(?=[);,\]]|\s(?:group|arm|regimen|chemotherapy))")
#: How a use of a chain's short name is joined.
BY_NAME = "by name"


def find_short_names(document: Document, chains: Iterable[Entry]) -> dict[str, tuple[str, ...]]:
    """Return the keys of the longest chain that each short name is given to.

    The name must hold the first letter of all its treatments: "(RBV)" after "peginterferon and ribavirin" is ribavirin.
    """
    found: dict[str, tuple[str, ...]] = {}
    text = document.text
    own = {text[slice(*short)]: long for short, long in document.abbreviations}
    for keys, occurrence in chains:
        match = IN_BRACKETS.match(text, occurrence.spans[-1][1])
        if not match or len(keys) > LONGEST_CHAIN:
            continue
        name = match["name"]
        initials = [text[start].lower() for start, _ in occurrence.spans]
        long = own.get(name)
        of_one = long is not None and long[0] >= occurrence.spans[-1][0]
        if not of_one and _holds(name.lower(), initials) and len(keys) > len(found.get(name, ())):
            found[name] = keys
    return found


def _holds(name: str, initials: Iterable[str]) -> bool:
    """Whether each initial is a letter of the name of its own."""
    left = list(name)
    for letter in initials:
        if letter not in left:
            return False
        left.remove(letter)
    return True


def use_short_names(
    text: str, sentence: Sentence, namings: Sequence[Naming], names: Mapping[str, tuple[str, ...]]
) -> Iterator[Entry]:
    """Yield where a short name stands, its definition among them: for the chain itself, and joined with others."""
    uses = [
        Naming((m.start(), m.end()), keys)
        for name, keys in names.items()
        for m in re.finditer(rf"(?<![\w/+-]){re.escape(name)}(?![\w/+-])", text[: sentence.end])
        if m.start() >= sentence.start
    ]
    if not uses:
        return
    for use in uses:
        yield use.keys, Occurrence(sentence, (use.span,), (BY_NAME,))
    others = [n for n in namings if all(n.span[1] <= u.span[0] or u.span[1] <= n.span[0] for u in uses)]
    ordered = sorted([*others, *uses], key=lambda naming: naming.span)
    spans = {use.span for use in uses}
    for keys, occurrence in chains_in(text, sentence, ordered):
        if spans & set(occurrence.spans):
            yield keys, occurrence
