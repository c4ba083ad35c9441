"""Drug-induced diseases of BC5CDR as further examples of `causes_adverse_event`; nothing else is annotated there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language

from extractors.document import Document
from extractors.language.nlp import parse
from extractors.records import Article, Mention
from extractors.training.claims_data import GoldClaim, GoldDocument
from extractors.values import MentionType, Predicate

TYPES = {"Chemical": MentionType.DRUG, "Disease": MentionType.DISEASE}
TEXT = re.compile(r"(\d+)\|([ta])\|(.*)")


def read_induced_diseases(path: Path, nlp: Language) -> Iterator[tuple[GoldDocument, Document]]:
    """Yield the articles of a PubTator file with the corpus's own mentions and its CID relations as claims."""
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        parts = {"t": "", "a": ""}
        identifier = ""
        mentions: list[Mention] = []
        induced: list[tuple[str, str]] = []
        for line in block.split("\n"):
            fields = line.split("\t")
            if match := TEXT.match(line):
                identifier, parts[match[2]] = match[1], match[3]
            elif len(fields) > 4 and fields[4] in TYPES:
                start, end, text = int(fields[1]), int(fields[2]), fields[3]
                kind, concept = TYPES[fields[4]], fields[5].split("|")[0]
                mentions.append(Mention(start, end, text, kind, f"MESH:{concept}", text, "corpus"))
            elif len(fields) == 4 and fields[1] == "CID":
                induced.append((f"MESH:{fields[2]}", f"MESH:{fields[3]}"))
        spans = {m.concept: tuple(o.span for o in mentions if o.concept == m.concept) for m in mentions}
        claims = tuple(
            GoldClaim(spans[drug], Predicate.CAUSES_ADVERSE_EVENT, spans[disease], None, False, "asserted")
            for drug, disease in induced
            if drug in spans and disease in spans
        )
        gold = GoldDocument(identifier, parts["t"], parts["a"], claims, frozenset({Predicate.CAUSES_ADVERSE_EVENT}))
        for document in parse([Article(identifier, parts["t"], parts["a"])], nlp):
            yield gold, document.with_mentions(mentions)
