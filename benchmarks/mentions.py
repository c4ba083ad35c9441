"""Recognition against the bars of the dev splits: dictionary, statistical recogniser, their merge, and it linked.

    PYTHONPATH=. python benchmarks/mentions.py --corpora ../shared/corpora --gold ../shared/gold/dev.jsonl

Exact span and type on BC5CDR, NCBI disease and BioRED (only the types that a corpus labels count), recall by overlap on
gold, abstracts per CPU second of recognition and linking, CPU seconds to load, resident memory. Tokens, sentences and
abbreviations are found beforehand and timed apart.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from extractors import registry
from extractors.document import Document
from extractors.language.nlp import build_nlp, parse
from extractors.records import Mention
from extractors.scores import Score
from pipeline import documents
from pipeline.evaluation import gold as gold_format
from pipeline.evaluation.mentions import CorpusDocument, read_pubtator, score_recall, score_spans

#: Corpus and the F1 that part 2 of the project asks for.
BARS = {"bc5cdr": 0.85, "ncbi_disease": 0.83, "biored": 0.82}
#: What is compared: recognisers in the order of a config.
CHAINS = {
    "dictionary": ("dictionary",),
    "statistical": ("statistical",),
    "merge": ("dictionary", "statistical", "merge"),
    "merge, linked": ("dictionary", "statistical", "merge", "linker"),
}
#: Recall asked for on gold dev.
RECALL = 0.92


@dataclass(frozen=True, slots=True)
class Corpus:
    """A dev split: documents ready for recognition, and their annotations."""

    name: str
    documents: tuple[Document, ...]
    annotations: tuple[CorpusDocument, ...]


def recognise(chain: Sequence[registry.MentionExtractor], document: Document) -> tuple[Mention, ...]:
    """Return the mentions that a chain of recognisers leaves."""
    for recogniser in chain:
        document = document.with_mentions(recogniser.extract(document))
    return document.mentions


def read_corpus(folder: Path, name: str) -> Corpus:
    """Read the dev split of a corpus."""
    path = folder / name / "dev.pubtator"
    read = tuple(parse(documents.read(str(path)), build_nlp()))
    return Corpus(name, read, read_pubtator(path))


def measure(corpus: Corpus, chain: Sequence[registry.MentionExtractor]) -> tuple[Score, float]:
    """Return the score over all types of the corpus and the CPU seconds it took."""
    began = time.process_time()
    found = [recognise(chain, document) for document in corpus.documents]
    seconds = time.process_time() - began
    types = frozenset(kind for annotated in corpus.annotations for kind in annotated.types)
    scores = score_spans(zip(corpus.annotations, found, strict=True), types)
    total = Score()
    for score in scores.values():
        total += score
    return total, seconds


@click.command()
@click.option("--corpora", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--gold", type=click.Path(exists=True, path_type=Path), required=True)
def main(corpora: Path, gold: Path) -> None:
    """Print the table."""
    began = time.process_time()
    splits = [read_corpus(corpora, name) for name in BARS]
    gold_documents = tuple(parse(documents.read(str(gold)), build_nlp()))
    count = sum(len(split.documents) for split in splits) + len(gold_documents)
    print(f"tokens, sentences, abbreviations: {count / (time.process_time() - began):.0f} abstracts per CPU second")
    annotated = gold_format.read(gold)
    print(f"bars: {', '.join(f'{name} {bar}' for name, bar in BARS.items())}, gold recall {RECALL}")
    for name, members in CHAINS.items():
        began = time.process_time()
        chain = [registry.build_mentions(member, {}) for member in members]
        load = time.process_time() - began
        total = 0.0
        for split in splits:
            score, seconds = measure(split, chain)
            total += seconds
            print(f"{name:13} {split.name:13} P {score.precision:.3f} R {score.recall:.3f} F1 {score.f1:.3f}")
        began = time.process_time()
        found = [recognise(chain, document) for document in gold_documents]
        total += time.process_time() - began
        recall = score_recall(zip(annotated, found, strict=True)).recall
        mentions = sum(map(len, found)) / len(found)
        print(f"{name:13} gold          recall {recall:.3f}, {mentions:.0f} mentions an abstract")
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{name:13} {count / total:.0f} abstracts per CPU second, load {load:.2f} CPU s, {memory:.0f} MB so far")


if __name__ == "__main__":
    main()
