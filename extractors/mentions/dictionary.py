"""Mentions by name: the longest names of the vocabulary, folded, on token boundaries; definitions in the text win."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.document import Document
from extractors.mentions.long_forms import long_forms
from extractors.records import Mention, MentionType, Span
from extractors.vocabulary.folding import JOINT, fold, pieces
from extractors.vocabulary.lexicon import Name
from extractors.vocabulary.vocabulary import Vocabulary, curated

#: Names within a name that count as well: the molecule or cell in "anti-CD20 antibody" and "B-cell depletion".
NESTED = {
    MentionType.DRUG: frozenset({MentionType.PROTEIN, MentionType.CELL}),
    MentionType.PROCESS: frozenset({MentionType.PROTEIN, MentionType.CELL}),
}


#: Letters of a short form that is linked only where the article spells it out.
TERSE = 2
#: Up to this length a short form may be a word in small letters.
SHORT_WORD = 4


@dataclass(frozen=True, slots=True)
class Match:
    """Names that fit a stretch of text."""

    start: int
    end: int
    names: tuple[Name, ...]


class Dictionary:
    """Finds the names of a vocabulary; what is ambiguous stays unlinked."""

    name = "dictionary"

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def extract(self, document: Document) -> Iterator[Mention]:
        """Yield the mentions found before, and those found by name."""
        found = {(m.start, m.end): m for s in document.sentences for m in self._in_stretch(document.text, s.span)}
        meant = long_forms(document)
        for span, long in meant.items():
            if span in found and not self._akin(found[span], document.text[slice(*long)]):
                del found[span]
        for span, mention in found.items():
            if _is_terse(mention.text) and not any(_spells_out(m, mention) for m in found.values()):
                found[span] = replace(mention, concept=None, name=mention.text)
        for mention in self._defined(document.text, meant):
            found[mention.start, mention.end] = mention
        yield from document.mentions
        yield from (found[span] for span in sorted(found))

    def _in_stretch(self, text: str, stretch: Span) -> Iterator[Mention]:
        start, end = stretch
        found = [(piece, start + a, start + b) for piece, a, b in pieces(text[start:end])]
        matches = list(self._matches(text, found))
        taken = 0
        for match in sorted(matches, key=lambda m: (m.start, -m.end)):
            if match.start < taken:
                continue
            taken = match.end
            outer = self._mention(text, match)
            yield outer
            inner = [m for m in matches if match.start <= m.start and m.end <= match.end and m is not match]
            for nested in inner:
                mention = self._mention(text, nested)
                if mention.type in NESTED.get(outer.type, ()):
                    yield mention

    def _matches(self, text: str, found: Sequence[tuple[str, int, int]]) -> Iterator[Match]:
        """Yield every name in the text that begins and ends with a word, pieces joined by nothing but hyphens."""
        folded = [piece for piece, _, _ in found]
        joined = [JOINT.fullmatch(text, a[2], b[1]) is not None for a, b in pairwise(found)]
        for place in range(len(found)):
            if not _boundary(text, found[place][1]):
                continue
            for end, names in self._vocabulary.matches(folded, place):
                if not all(joined[place : end - 1]):
                    break
                first, last = found[place][1], found[end - 1][2]
                fitting = tuple(n for n in names if _fits(n, text[first:last]))
                if fitting and _boundary(text, last):
                    yield Match(first, last, fitting)

    def _mention(self, text: str, match: Match) -> Mention:
        """Return the mention of a match: linked where all its names are of one concept and none awaits definition."""
        written = text[match.start : match.end]
        concepts = {n.concept for n in match.names if not n.defined}
        kind = match.names[0].concept.type
        if len(concepts) == 1:
            (concept,) = concepts
            return Mention(match.start, match.end, written, concept.type, concept.curie, concept.name, self.name)
        return Mention(match.start, match.end, written, kind, None, written, self.name)

    def _defined(self, text: str, meant: Mapping[Span, Span]) -> Iterator[Mention]:
        """Yield the short forms that the article defines, wherever they stand, with the concept of their long form."""
        known = {long: self._of_long_form(text, long) for long in meant.values()}
        for short, long in meant.items():
            if (mention := known[long]) is not None:
                yield _at(mention, short, text)

    def _akin(self, mention: Mention, long: str) -> bool:
        """Whether a long form shares a word with a name of the mention's concept: "RTX" may be radiotherapy here."""
        if mention.concept is None:
            return True
        concept = self._vocabulary.concept(mention.concept)
        words = {piece for name in (concept.name, *concept.synonyms) for piece in fold(name)}
        return not words.isdisjoint(fold(long))

    def _of_long_form(self, text: str, long: Span) -> Mention | None:
        """Return the mention that the long form is, or, unlinked, of the type of the name it ends with."""
        mentions = list(self._in_stretch(text, long))
        whole = next((m for m in mentions if m.span == long), None)
        if whole is not None:
            return whole
        last = next((m for m in mentions if m.end == long[1]), None)
        return replace(last, concept=None, name=text[slice(*long)]) if last else None


def _is_terse(written: str) -> bool:
    """Whether the words are a short form of two letters, which names too much to be linked by itself: MS, PE, RF."""
    return len(written.removesuffix("s")) <= TERSE and written.isalpha()


def _spells_out(mention: Mention, short: Mention) -> bool:
    return mention.concept == short.concept and not _is_terse(mention.text)


def _at(mention: Mention, span: Span, text: str) -> Mention:
    start, end = span
    return replace(mention, start=start, end=end, text=text[start:end])


def _boundary(text: str, place: int) -> bool:
    """Whether a name may begin or end here: not between two letters or digits of one word."""
    return not (0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum())


def _fits(name: Name, written: str) -> bool:
    """Whether a name is written so that it can be read: in its case where that counts, the plural's s apart.

    A short form of capitals is no word, whatever the lexicon says: "all" and "All" are not ALL.
    """
    if name.exact:
        return written in {name.text, name.text + "s"}
    as_word = written.islower() or written.istitle()
    return not (as_word and len(written) <= SHORT_WORD and name.text.isupper())


def build() -> Dictionary:
    """Build the matcher for the curated lexicons."""
    return Dictionary(curated())
