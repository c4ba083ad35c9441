"""Linking: what each step adds on the dev splits, and a random sample of links to be read by hand.

    PYTHONPATH=. python benchmarks/linking.py steps --corpora ../shared/corpora
    PYTHONPATH=. python benchmarks/linking.py sample --medline ../shared/pubmed/domain.xml.gz --count 200

`steps` prints F1 of the sets of concept ids of each document, end to end. `sample` prints PMID, offsets, words, type,
concept and, to judge by, the text around; the verdicts are in docs/linked_mentions.tsv (without the text).
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from extractors import registry
from extractors.document import Document
from extractors.language.nlp import build_nlp, parse
from extractors.mentions.linker import Linker
from extractors.records import Article, Mention
from extractors.values import MentionType
from extractors.vocabulary import compiled, rewording
from extractors.vocabulary.resolution import Resolver
from extractors.vocabulary.rewording import Rewordings
from extractors.vocabulary.vocabulary import curated
from pipeline import documents
from pipeline.evaluation.mentions import read_pubtator, score_concepts

RECOGNISERS = ("dictionary", "statistical", "merge")
#: Corpora whose ids are MeSH's.
CORPORA = ("bc5cdr", "ncbi_disease", "biored")
TYPES = frozenset({MentionType.DRUG, MentionType.DISEASE})
#: Characters shown on each side of a sampled mention.
AROUND = 90


def recognise(articles: Iterable[Article]) -> list[Document]:
    """Return the articles with the mentions that are to be linked."""
    chain = [registry.build_mentions(name, {}) for name in RECOGNISERS]
    found = []
    for document in parse(articles, build_nlp()):
        for recogniser in chain:
            document = document.with_mentions(recogniser.extract(document))
        found.append(document)
    return found


def linkers() -> dict[str, Linker | None]:
    """Return linkers that know more and more."""
    nothing = Rewordings(frozenset(), frozenset(), ())
    return {
        "lexicons": None,
        "+ compiled vocabulary": Linker(Resolver(curated(), compiled.shipped(), nothing)),
        "+ rewordings": Linker(Resolver(curated(), compiled.shipped(), rewording.load())),
    }


def link(linker: Linker | None, document: Document) -> Sequence[Mention]:
    """Return the document's mentions, linked."""
    return tuple(linker.extract(document)) if linker else document.mentions


@click.group()
def command() -> None:
    """Measure linking."""


@command.command()
@click.option("--corpora", type=click.Path(exists=True, path_type=Path), required=True)
def steps(corpora: Path) -> None:
    """Print concept F1 of each corpus and step, and milliseconds an article of linking alone."""
    systems = linkers()
    for corpus in CORPORA:
        path = corpora / corpus / "dev.pubtator"
        found, gold = recognise(documents.read(str(path))), read_pubtator(path)
        for name, linker in systems.items():
            begin = time.process_time()
            linked = [link(linker, document) for document in found]
            spent = 1000 * (time.process_time() - begin) / len(found)
            scores = score_concepts(zip(gold, linked, strict=True), TYPES)
            cells = (f"{kind} p {s.precision:.3f} r {s.recall:.3f} f1 {s.f1:.3f}" for kind, s in scores.items())
            click.echo(f"{corpus:13} {name:22} {'   '.join(cells)}   {spent:.2f} ms")


@command.command()
@click.option("--medline", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--count", default=200, show_default=True)
@click.option("--seed", default=1, show_default=True)
def sample(medline: Path, count: int, seed: int) -> None:
    """Print a random sample of linked mentions, by default 200, with the text around them."""
    linker = linkers()["+ rewordings"]
    rows = []
    for document in recognise(documents.read(str(medline))):
        text = document.text.replace("\n", " ").replace("\t", " ")
        for m in link(linker, document):
            if m.concept:
                around = f"{text[max(0, m.start - AROUND) : m.start]}[{m.text}]{text[m.end : m.end + AROUND]}"
                rows.append((document.article.id, m.start, m.end, m.text, str(m.type), m.concept, m.name, around))
    click.echo(f"# {len(rows)} linked mentions; seed {seed}")
    for row in sorted(random.Random(seed).sample(sorted(rows), min(count, len(rows)))):  # noqa: S311 (no secret)
        click.echo("\t".join(str(cell) for cell in row))


if __name__ == "__main__":
    command()
