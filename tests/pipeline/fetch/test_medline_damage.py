"""Whatever happens to a file on its way: articles that fit their text, or an InputError of one line; nothing else."""

from __future__ import annotations

import gzip
import io

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from extractors.errors import InputError
from pipeline.fetch import medline
from tests.eutilities.citations import article_set, book, citation

WHOLE = article_set(
    [
        citation("990000001", title="Of <i>mice</i>"),
        book("990000077"),
        "<DeleteCitation><PMID>990000003</PMID></DeleteCitation>",
        citation("990000002", abstract=""),
    ]
)
#: What turns a place in a file into another one: markup, an entity, a control character, half a letter.
SPLINTERS = [
    b"<",
    b">",
    b"&",
    b"&x;",
    b"<!--",
    b"<![CDATA[",
    b"]]>",
    b"</PubmedArticle>",
    b"<PMID>5</PMID>",
    b"\0",
    b"\xc3",
]


def check(content: bytes) -> None:
    """Read it all; any other exception than InputError fails the test."""
    message = "<stream>: "
    try:
        for item in medline.read(io.BytesIO(content)):
            if isinstance(item, medline.Record):
                check_record(item)
    except InputError as error:
        message = str(error)
    assert message.startswith("<stream>: ")
    assert "\n" not in message


def check_record(record: medline.Record) -> None:
    article = record.article
    assert medline.parse(record.xml) == article
    assert article.text.count("\n") == 1
    parts = [article.text[p.start : p.end] for p in article.passages]
    assert parts[0] == article.title
    assert all(part == " ".join(part.split()) for part in parts)


@settings(max_examples=150)
@given(
    cuts=st.lists(
        st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 80), st.sampled_from([b"", *SPLINTERS])), max_size=3
    ),
    end=st.one_of(st.just(len(WHOLE) * 2), st.integers(0, len(WHOLE))),
    packed=st.booleans(),
)
def test_medline_read_of_damaged_bytes(cuts: list[tuple[int, int, bytes]], end: int, packed: bool) -> None:
    content = bytearray(WHOLE)
    for place, length, splinter in cuts:
        content[place : place + length] = splinter
    check((gzip.compress(content) if packed else bytes(content))[:end])


@settings(max_examples=150)
@given(data=st.data())
def test_medline_read_of_records_that_break_the_dtd(data: st.DataObject) -> None:
    """Elements lost, doubled, moved to elsewhere, emptied, or with any text: well-formed, but no PubMed record."""
    root = etree.fromstring(WHOLE)
    for _ in range(data.draw(st.integers(1, 6))):
        elements = list(root.iterdescendants())
        if not elements:
            break
        element, other = data.draw(st.sampled_from(elements)), data.draw(st.sampled_from(elements))
        parent = element.getparent()
        change = data.draw(st.sampled_from(["lose", "double", "move", "empty", "text"]))
        if change == "lose" and parent is not None:
            parent.remove(element)
        elif change == "double":
            other.append(etree.fromstring(etree.tostring(element, with_tail=False)))
        elif change == "move" and element not in [other, *other.iterancestors()]:
            other.append(element)
        elif change == "empty":
            element.clear()
        elif change == "text":
            element.text = data.draw(st.sampled_from(["", "  ", "x", "٣", "-1", "2020", "PMC1", "\u2028"]))
    check(etree.tostring(root))
