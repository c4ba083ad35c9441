"""Thousands of damaged files: each gives articles, or one line that names it; never anything else."""

from __future__ import annotations

import gzip
import io
import random

import pytest

from extractors.errors import InputError
from pipeline.fetch import medline
from tests.eutilities.citations import article_set, book, citation

#: What is put into a file's bytes: markup out of place, encodings, controls, entities, names of other elements.
SPLINTERS = (
    b"<", b">", b"&", b"\x00", b"\xff\xfe", b"\xc3", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"&nbsp;", b"&#0;", b"&#x110000;",
    b"<PMID>", b"</PMID>", b"<PubmedArticle>", b"</PubmedArticle>", b"<Abstract/>", b"<?xml version='1.1'?>", b"\r", b"\t",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"<AbstractText Label=", b"xmlns='urn:x' ", b"\xe2\x80\x8b", b"\xf0\x9f\x98\x80", b"-1", b"9" * 40,
    b"</MedlineCitation>", b"<Year>abcd</Year>", b"<sup><sub>", b"</sup>", b"'", b'"', b"=",
)  # fmt: skip
BASE = article_set(
    [
        citation("990000001"),
        citation("990000002", abstract="<AbstractText>CD19<sup>+</sup> β cells &amp; others.</AbstractText>"),
        book("990000003"),
        "<DeleteCitation><PMID>990000004</PMID></DeleteCitation>",
        citation("990000005", abstract=""),
    ]
)


def mutated(rng: random.Random) -> bytes:
    """Return the file with one to three pieces cut out, doubled, swapped, flipped or stuck in, perhaps packed and cut."""
    content = bytearray(BASE)
    for _ in range(rng.randint(1, 3)):
        start = rng.randrange(len(content) + 1)
        end = min(len(content), start + rng.choice((1, 1, 5, 40, 400)))
        kind = rng.randrange(6)
        if kind == 0:
            del content[start:end]
        elif kind == 1:
            content[start:start] = content[start:end]
        elif kind == 2:
            content[start:start] = rng.choice(SPLINTERS)
        elif kind == 3 and end > start:
            content[start] ^= 1 << rng.randrange(8)
        elif kind == 4:
            content[start:end] = rng.choice(SPLINTERS)
        else:
            piece = bytes(content[start:end])
            del content[start:end]
            place = rng.randrange(len(content) + 1)
            content[place:place] = piece
    if rng.random() < 0.1:
        content = bytearray(gzip.compress(bytes(content), mtime=0))
        if rng.random() < 0.5 and len(content) > 20:
            content = content[: rng.randrange(len(content))]
    return bytes(content)


@pytest.mark.parametrize("count", [500, pytest.param(10_000, marks=pytest.mark.slow)])
def test_medline_reads_or_names_every_damaged_file(count: int) -> None:
    rng = random.Random(20261124)
    read = 0
    refused: list[str] = []
    for number in range(count):
        stream = io.BytesIO(mutated(rng))
        try:
            for item in medline.read(stream):
                if isinstance(item, medline.Record):
                    # What is kept in the archive gives the same article again.
                    assert medline.parse(item.xml) == item.article, number
            read += 1
        except InputError as error:
            refused.append(str(error))
    assert [line for line in refused if "\n" in line or not line] == []
    assert read > count / 50
    assert len(refused) > count / 20
