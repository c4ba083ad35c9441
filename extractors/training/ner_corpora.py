"""The annotated corpora and unlabelled abstracts that the mention tagger is trained on, read into one form."""

from __future__ import annotations

import gzip
import json
import re
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from extractors.values import MentionType

#: What the corpora call the types.
TYPES = {
    "Chemical": MentionType.DRUG,
    "ChemicalEntity": MentionType.DRUG,
    "Disease": MentionType.DISEASE,
    "SpecificDisease": MentionType.DISEASE,
    "DiseaseClass": MentionType.DISEASE,
    "CompositeMention": MentionType.DISEASE,
    "Modifier": MentionType.DISEASE,
    "DiseaseOrPhenotypicFeature": MentionType.DISEASE,
    "GeneOrGeneProduct": MentionType.PROTEIN,
    "OrganismTaxon": MentionType.SPECIES,
    "SequenceVariant": MentionType.VARIANT,
    "CellLine": MentionType.CELL_LINE,
    "protein": MentionType.PROTEIN,
    "DNA": MentionType.PROTEIN,
    "RNA": MentionType.PROTEIN,
    "cell_type": MentionType.CELL,
    "cell_line": MentionType.CELL_LINE,
    "Outcome": MentionType.OUTCOME,
}
#: The annotation schemes; the first three have a dev split beside the train split.
PUBTATOR = ("bc5cdr", "ncbi_disease", "biored")

Annotation = tuple[int, int, MentionType]


@dataclass(frozen=True)
class Annotated:
    """A text (title, newline, abstract) with its mentions; they do not overlap."""

    id: str
    text: str
    mentions: tuple[Annotation, ...]


def read_pubtator(path: Path) -> tuple[Annotated, ...]:
    """Read a corpus in PubTator format."""
    articles = []
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        parts = {"t": "", "a": ""}
        mentions = []
        identifier = ""
        for line in block.split("\n"):
            if match := re.match(r"(\d+)\|([ta])\|(.*)", line):
                identifier = match[1]
                parts[match[2]] = match[3]
                continue
            fields = line.split("\t")
            if len(fields) > 4 and fields[1].isdigit():
                mentions.append((int(fields[1]), int(fields[2]), TYPES[fields[4]]))
        articles.append(Annotated(identifier, f"{parts['t']}\n{parts['a']}", _longest(mentions)))
    return tuple(articles)


def read_gold(path: Path) -> tuple[Annotated, ...]:
    """Read gold JSON lines: every occurrence of an entity's forms is a mention."""
    articles = []
    with path.open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            text = f"{record['title']}\n{record['abstract']}"
            mentions = [
                (match.start(), match.end(), MentionType(entity["type"]))
                for entity in record["entities"]
                for form in entity["mentions"]
                for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text)
            ]
            articles.append(Annotated(record["id"].partition(":")[2], text, _longest(mentions)))
    return tuple(articles)


def read_standoff(archive: Path) -> tuple[Annotated, ...]:
    """Read a tar archive of .txt files with .ann files beside them."""
    files: dict[str, str] = {}
    with tarfile.open(archive) as tar:
        for member in tar:
            content = tar.extractfile(member) if member.isfile() else None
            if content:
                files[member.name] = content.read().decode("utf-8").replace("\r\n", "\n")
    articles = []
    for name in sorted(n for n in files if n.endswith(".txt")):
        mentions = []
        for line in files[name.removesuffix("txt") + "ann"].splitlines():
            fields = line.split("\t")
            kind, *offsets = fields[1].replace(";", " ").split() if len(fields) > 1 else ("",)
            if line.startswith("T") and kind in TYPES:
                mentions.append((int(offsets[0]), int(offsets[-1]), TYPES[kind]))
        articles.append(Annotated(Path(name).stem, files[name], _longest(mentions)))
    return tuple(articles)


def read_training(corpora: Path, gold: Path) -> dict[str, tuple[Annotated, ...]]:
    """Return the training articles by scheme, without any that is in a dev split of any corpus."""
    articles = {scheme: read_pubtator(corpora / scheme / "train.pubtator") for scheme in PUBTATOR}
    articles["gold"] = read_gold(gold)
    articles["jnlpba"] = read_standoff(corpora / "jnlpba" / "train_standoff.tar.gz")
    articles["outcomes"] = read_standoff(corpora / "evidence_outcomes" / "consensus.tar.gz")
    held = held_out(corpora, gold)
    return {scheme: tuple(a for a in group if a.id not in held) for scheme, group in articles.items()}


def held_out(corpora: Path, gold: Path) -> frozenset[str]:
    """Return the ids of all articles in a dev split."""
    groups = [read_pubtator(corpora / scheme / "dev.pubtator") for scheme in PUBTATOR]
    groups += [read_gold(path) for name in ("dev.jsonl", "seed.jsonl") if (path := gold.with_name(name)).exists()]
    return frozenset(article.id for group in groups for article in group)


def read_unlabelled(paths: Iterable[Path], held: frozenset[str]) -> Iterator[str]:
    """Yield the texts of gzipped MEDLINE XML and of gzipped JSON lines."""
    for path in paths:
        with gzip.open(path) as file:
            if path.name.endswith(".jsonl.gz"):
                for record in map(json.loads, file):
                    if record["id"].partition(":")[2] not in held:
                        yield f"{record['title']}\n{record['abstract']}"
                continue
            for _, citation in etree.iterparse(file, tag="PubmedArticle"):
                if citation.findtext(".//PMID") not in held:
                    title, *parts = (
                        "".join(element.itertext()) for element in citation.iter("ArticleTitle", "AbstractText")
                    )
                    yield f"{title}\n{' '.join(parts)}"


def _longest(mentions: list[Annotation]) -> tuple[Annotation, ...]:
    """Keep the longer of mentions that overlap."""
    kept: list[Annotation] = []
    for mention in sorted(set(mentions), key=lambda m: (m[0] - m[1], m)):
        if all(mention[1] <= other[0] or other[1] <= mention[0] for other in kept):
            kept.append(mention)
    return tuple(sorted(kept))
