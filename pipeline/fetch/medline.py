"""MEDLINE/PubMed XML to articles, one after the other, in constant memory; nothing is fetched, nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from extractors.errors import InputError
from extractors.records import Article
from pipeline.fetch.citation import pmid_of, read_citation
from pipeline.fetch.citation_ids import pmid_text
from pipeline.fetch.pmid_set import PmidSet
from pipeline.fetch.xml_checks import RECORDS, after, check_prolog, explain
from pipeline.fetch.xml_stream import Tape, open_tape

#: Lists of withdrawn PMIDs, in NLM's daily update files.
DELETIONS = ("DeleteCitation", "DeleteDocument")
#: What may be a reference to an entity that XML itself does not know.
FOREIGN_ENTITY = re.compile(rb"&(?!#|amp;|lt;|gt;|quot;|apos;)")


@dataclass(frozen=True, slots=True)
class Record:
    """An article with the XML it was read from.

    `xml` is untouched: the bytes between `<PubmedArticle` and `</PubmedArticle>` as the file or server had them.
    Only where that cannot stand alone (not UTF-8, a namespace declared outside, a record within a comment) it is the
    same element written anew by lxml as UTF-8. `repeated` marks a PMID that came before in the same source.
    """

    article: Article
    xml: bytes
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Deletion:
    """PMIDs that NLM withdrew."""

    pmids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record that gives no article: `reason` is "book" or "no PMID"; `after` is the PMID before it."""

    reason: str
    pmid: str | None
    after: str | None


Item = Record | Deletion | Skipped


def read(source: str | Path | BinaryIO) -> Iterator[Item]:
    """Yield what a file or stream holds, in its order: records, deletions, and what was skipped.

    Memory does not grow with the file. Raises InputError that names the file and the last PMID read where it is
    damaged, is not PubMed XML, or declares entities; what came before the damage has been yielded.
    """
    tape = open_tape(source)
    last: str | None = None
    begun = False
    try:
        sliceable = check_prolog(tape)
        begun = True
        seen = PmidSet()
        for element in _elements(tape):
            item = _item(element, tape, seen, last, sliceable=sliceable)
            if isinstance(item, Record):
                last = item.article.pmid
            yield item
            _forget(element)
    except etree.XMLSyntaxError as error:
        raise InputError(explain(tape.name, error, last, midway=begun and tape.ends_midway())) from error
    finally:
        tape.close()


def read_articles(source: str | Path | BinaryIO) -> Iterator[Article]:
    """Yield the articles alone; books, deletions and records without a PMID are left out."""
    return (item.article for item in read(source) if isinstance(item, Record))


def parse(xml: bytes, *, name: str = "<record>") -> Article:
    """Return the article of one record's XML, as the archive keeps it; raises InputError where it is not one."""
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        element = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise InputError(explain(name, error, None, midway=False)) from error
    if element.tag not in RECORDS or element.tag == "PubmedBookArticle" or not pmid_of(element):
        raise InputError(f"{name}: not a PubMed article's XML (its root is <{element.tag}>)")
    return read_citation(element)


def _elements(tape: Tape) -> Iterator[etree._Element]:
    """Yield each record's or deletion's element when its end tag has been read."""
    for _, element in etree.iterparse(
        tape,
        events=("end",),
        tag=(*RECORDS, *DELETIONS),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    ):
        parent = element.getparent()
        # A child of the root, or the root; the MedlineCitation within a PubmedArticle is no record of its own.
        if parent is None or (parent.getparent() is None and parent.tag not in RECORDS):
            yield element


def _item(element: etree._Element, tape: Tape, seen: PmidSet, last: str | None, *, sliceable: bool) -> Item:
    if element.tag in DELETIONS:
        tape.cut(str(element.tag), "")
        return Deletion(tuple(filter(None, map(pmid_text, element.iter("PMID")))))
    entity = next(element.iter(etree.Entity), None)
    if entity is not None:
        raise InputError(f"{tape.name}: entity {entity.text} is not defined; PubMed's own files use none{after(last)}")
    pmid = pmid_of(element)
    xml = tape.cut(str(element.tag), pmid)
    if element.tag == "PubmedBookArticle":
        return Skipped("book", pmid or None, last)
    if not pmid:
        return Skipped("no PMID", None, last)
    # A record within a record is against the DTD, but then the first end tag is not the record's.
    nested = next(element.iterdescendants(str(element.tag)), None) is not None
    if xml is None or nested or not sliceable or not _stands_alone(xml):
        xml = etree.tostring(element, encoding="UTF-8", xml_declaration=False, with_tail=False)
    return Record(read_citation(element), xml, repeated=not seen.add(int(pmid)))


def _stands_alone(xml: bytes) -> bool:
    """Whether the bytes can be parsed without the DOCTYPE before them: an attribute may name an entity of the DTD."""
    if not FOREIGN_ENTITY.search(xml):
        return True
    try:
        etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return False
    return True


def _forget(element: etree._Element) -> None:
    """Free the element and its preceding siblings: `clear` alone leaves a million empty ones at the root."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]
