"""Titles and abstracts out of a citation's XML: markup becomes text, white space becomes single blanks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from extractors.records import Passage

#: Parts of MathML that repeat the formula in another notation (TeX, Content MathML).
ANNOTATIONS = ("{http://www.w3.org/1998/Math/MathML}annotation", "{http://www.w3.org/1998/Math/MathML}annotation-xml")
#: NLM's word for a section that it could not put into a category.
UNASSIGNED = "UNASSIGNED"


def text_of(element: etree._Element | None) -> str:
    """Return all text within an element, markup (<i>, <sub>, MathML) dropped, runs of white space as one blank.

    "CD19<sup>+</sup>" is "CD19+". White space is what Unicode calls so: no-break and thin spaces, line separators.
    """
    if element is None:
        return ""
    text = _all_text(element) if len(element) else element.text
    return " ".join(text.split()) if text else ""


def _all_text(element: etree._Element) -> str:
    if next(element.iter(*ANNOTATIONS), None) is None:
        return etree.tostring(element, method="text", encoding="unicode", with_tail=False)
    return "".join(_pieces(element))


def _pieces(element: etree._Element) -> Iterator[str]:
    if element.text:
        yield element.text
    for child in element:
        if child.tag not in ANNOTATIONS:
            yield from _pieces(child)
        if child.tail:
            yield child.tail


def read_abstract(title: str, parts: Iterable[etree._Element]) -> tuple[str, tuple[Passage, ...]]:
    """Return the abstract and the passages of title and abstract, in offsets of title + "\\n" + abstract.

    The parts (AbstractText) are joined by one blank, a labelled one as "LABEL: text"; a passage leaves its label out.
    Empty parts are left out with their label.
    """
    passages = [Passage(0, len(title))]
    printed: list[str] = []
    end = len(title)
    for part in parts:
        text = text_of(part)
        if not text:
            continue
        label = label_of(part)
        head = f"{label}: " if label else ""
        # One character stands between the last passage and this part: "\n" after the title, then a blank.
        start = end + 1 + len(head)
        end = start + len(text)
        category = part.get("NlmCategory")
        passages.append(Passage(start, end, label, None if category == UNASSIGNED else category))
        printed.append(head + text)
    return " ".join(printed), tuple(passages)


def read_flat_abstract(abstract: etree._Element) -> str:
    """Return an abstract as text with its labels, for those that are kept apart (OtherAbstract)."""
    return read_abstract("", abstract.iterchildren("AbstractText"))[0]


def label_of(part: etree._Element) -> str | None:
    """Return a section's label as the authors wrote it, without a colon of its own; None where there is none."""
    return " ".join((part.get("Label") or "").split()).rstrip(" :") or None
