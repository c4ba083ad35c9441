"""The treatments of an article: mentions of drugs and procedures, taken apart and grouped by what they name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from extractors.courses.cues import course_patterns
from extractors.document import Document, once_per_document
from extractors.language.abbreviations import find_uses
from extractors.records import Argument, Mention, Span
from extractors.values import MentionType
from extractors.vocabulary.resolution import shipped as resolver

#: What a course may consist of.
TREATMENT_TYPES = frozenset({MentionType.DRUG, MentionType.PROCEDURE})


#: A shorter half of a pair is looked for in the article only: "peg" of "peg-interferon" names a treatment of its own.
LONG_NAME = 6
#: How many characters beside a name say that it was measured.
MEASURED_WITHIN = 60
#: Two names joined by a hyphen, dash or slash.
PAIR = re.compile(r"([A-Za-z]{3,})\s?[-–/‐]\s?([A-Za-z]{3,})")


@dataclass(frozen=True, slots=True)
class Treatment:
    """A drug or procedure (or a condition) and where the article names it, in text order."""

    key: str
    argument: Argument

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where the article names it."""
        return self.argument.spans


@once_per_document
def group_treatments(document: Document) -> tuple[Treatment, ...]:
    """Return the treatments in the order of their first mention.

    A mention that names several ("rituximab plus cyclophosphamide therapy") is taken apart.
    """
    mentions = [m for m in document.mentions if m.type in TREATMENT_TYPES]
    parts = [part for mention in _outermost(mentions) for part in _parts(document.text, mention, mentions)]
    return _group(document, [part for part in parts if not _is_nothing(part)])


def is_only_measured(text: str, treatment: Treatment) -> bool:
    """Whether an article names a substance only as measured or lacking ("serum cortisol", "folate status")."""
    measured = course_patterns("measured")
    return all(
        measured["after"].search(text[end : end + MEASURED_WITHIN])
        or measured["before"].search(text[max(0, start - MEASURED_WITHIN) : start])
        for start, end in treatment.spans
    )


def group_conditions(document: Document) -> tuple[Treatment, ...]:
    """Return the diseases in the order of their first mention."""
    mentions = _outermost(m for m in document.mentions if m.type is MentionType.DISEASE)
    return _group(document, [_head(mention) for mention in mentions])


def _head(mention: Mention) -> Mention:
    """Return the disease without qualifiers before it and complications after it, linked anew where it was not.

    "refractory cryoglobulinaemic vasculitis associated with pSS" is a vasculitis; what it goes with is another disease.
    """
    if mention.concept:
        return mention
    words = mention.text
    tail = course_patterns("condition")["tail"].search(words)
    words = words[: tail.start()] if tail else words
    qualifier = course_patterns("condition")["head_qualifier"].match(words)
    start = qualifier.end() if qualifier else 0
    name = words[start:]
    if not name.strip() or name == mention.text:
        return mention
    found = resolver().resolve(name, mention.type)
    begin = mention.start + start
    return Mention(begin, begin + len(name), name, mention.type, found.curie, found.name or name, mention.source)


def _is_nothing(mention: Mention) -> bool:
    """Whether an unlinked mention names no treatment: "therapy", "first-line", "mg/kg", "high-", "biologic effects"."""
    if mention.concept:
        return False
    generic = course_patterns("generic")
    return bool(generic["nothing"].fullmatch(_fold(mention.text)) or generic["head"].search(mention.text))


def _outermost(mentions: Iterable[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _parts(text: str, mention: Mention, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Yield the treatments a mention names: itself where it is linked, else what stands between "and", "plus", "/".

    A linked pair of drugs ("sofosbuvir-velpatasvir") is taken apart where the article names both elsewhere.
    """
    pair = _hyphenated(text, mention, mentions)
    if pair and (not mention.concept or all(half.concept not in {None, mention.concept} for half in pair)):
        yield from pair
        return
    if mention.concept:
        yield mention
        return
    inner = _outermost(m for m in mentions if m.concept and mention.start <= m.start and m.end <= mention.end)
    position = mention.start
    for known in inner:
        yield from _pieces(text, position, known.start, mention.type)
        yield known
        position = known.end
    yield from _pieces(text, position, mention.end, mention.type, whole=not inner)


def _hyphenated(text: str, mention: Mention, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return the two treatments of "venetoclax-rituximab" where the article or the vocabulary knows each of them."""
    halves = PAIR.match(mention.text)
    if not halves:
        return ()
    known = {m.text.lower(): m.concept for m in mentions if m is not mention}
    spans = [(mention.start + halves.start(i), mention.start + halves.end(i)) for i in (1, 2)]
    found = []
    for start, end in spans:
        words = text[start:end]
        concept = known.get(words.lower())
        if words.lower() not in known:
            concept = resolver().resolve(words, mention.type).curie if len(words) >= LONG_NAME else None
            if not concept:
                return ()
        found.append(Mention(start, end, words, mention.type, concept, source=mention.source))
    return tuple(found)


def _pieces(text: str, start: int, end: int, kind: MentionType, *, whole: bool = False) -> Iterator[Mention]:
    """Yield the parts between connectors without words that name no treatment ("combination of", "group")."""
    split, filler = course_patterns("treatment")["split"], course_patterns("treatment")["filler"]
    bounds = [start]
    for match in split.finditer(text, start, end):
        bounds += match.span()
    bounds.append(end)
    for begin, finish in zip(bounds[::2], bounds[1::2], strict=True):
        trimmed = filler.search(text[begin:finish])
        first, last = (begin + trimmed.start("core"), begin + trimmed.end("core")) if trimmed else (begin, begin)
        opening = text.find(" (", first, last)
        last = opening if opening > first else last
        if (last - first < 2 and not whole) or text[first:last].endswith(("-", "‐", "–")):
            continue  # too short, or half a word: "medium-" of "medium- or high-dose aspirin"
        if last <= first:
            first, last = begin, finish
        if text[first:last].strip():
            yield Mention(first, last, text[first:last], kind)


def _group(document: Document, mentions: Iterable[Mention]) -> tuple[Treatment, ...]:
    uses = dict(find_uses(document.text, document.abbreviations))
    uses.update(dict(document.abbreviations))
    found = list(mentions)
    concepts = {_fold(m.text): m.concept for m in found if m.concept}
    groups: dict[str, list[Mention]] = {}
    for mention in found:
        groups.setdefault(_key(document.text, mention, uses, concepts), []).append(mention)
    return tuple(Treatment(key, _argument(mentions)) for key, mentions in groups.items())


def _key(text: str, mention: Mention, uses: Mapping[Span, Span], concepts: Mapping[str, str]) -> str:
    """Return the CURIE or, unlinked, that of the linked name the words end in, or the words themselves.

    An abbreviation that the article defines is written out first: "alternate-day prednisone" is prednisone.
    """
    if mention.concept:
        return mention.concept
    long = uses.get(mention.span)
    folded = _fold(text[slice(*long)] if long else mention.text)
    words = folded.split(" ")
    tails = (" ".join(words[first:]) for first in range(len(words)))
    return next((concepts[tail] for tail in tails if tail in concepts), None) or f"text:{folded}"


def _fold(words: str) -> str:
    trimmed = course_patterns("treatment")["filler"].search(words)
    core = trimmed["core"] if trimmed and trimmed["core"] else words
    return re.sub(r"[\W_]+", " ", core.lower()).strip().removesuffix("s")


def _argument(mentions: list[Mention]) -> Argument:
    first = next((m for m in mentions if m.concept), mentions[0])
    spans = tuple(m.span for m in mentions)
    return Argument(first.concept, first.name or first.text, first.type, spans)
