"""The articles that the claim classifier learns from, as examples: gold, annotated here, and BC5CDR's."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click

from extractors.claims.matcher import PatternMatcher
from extractors.claims.preparation import Preparer
from extractors.claims.types import read_signatures
from extractors.document import Document
from extractors.language.nlp import build_nlp
from extractors.records import Article
from extractors.training.annotated import read_annotations
from extractors.training.claims_corpora import read_induced_diseases
from extractors.training.claims_data import Example, GoldDocument, make_examples, read_gold
from extractors.training.claims_mentions import FoldedChain

FILE = click.Path(exists=True, path_type=Path)


def recipe_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a recipe the options that `read_examples` asks for, and where to write."""
    for option in (
        click.option("--out", type=FILE, required=True, help="Folder for the weights."),
        click.option(
            "--texts", type=FILE, multiple=True, help="JSON lines: id, title, abstract of annotated articles."
        ),
        click.option("--annotations", type=FILE, help="Folder of stand-off annotations."),
        click.option("--corpora", type=FILE, required=True),
        click.option("--gold", type=FILE, required=True),
    ):
        command = option(command)
    return command


def stopwatch() -> Callable[[str], None]:
    """Return what prints a line with the processor time since now."""
    began = time.process_time()

    def say(what: str) -> None:
        print(f"{time.process_time() - began:6.0f} CPU s  {what}", flush=True)

    return say


def read_examples(
    gold: Path,
    corpora: Path,
    annotations: Path | None,
    texts: Sequence[Path],
    mentions: Sequence[str],
    say: Callable[[str], None],
) -> tuple[list[Example], int]:
    """Return the examples, and how many of them, the first, are annotated in full; `say` is told how far it is.

    Mentions are those of recognisers that have not seen the article.
    """
    nlp = build_nlp()
    chain = FoldedChain(gold, nlp, mentions)
    say("mention recognisers fitted without their fold")

    def found(documents: Sequence[GoldDocument]) -> Iterator[tuple[GoldDocument, Document]]:
        for document in documents:
            yield document, chain.read(Article(document.id, document.title, document.abstract))

    preparer = Preparer(PatternMatcher(), read_signatures())
    documents = list(read_gold(gold))
    if annotations:
        documents += list(read_annotations(annotations, texts))
    examples = list(make_examples(found(documents), preparer))
    scored = len(examples)
    annotated = {d.id.removeprefix("PMID:") for d in documents}
    corpus = read_induced_diseases(corpora / "bc5cdr" / "train.pubtator", nlp)
    examples += make_examples(found([gold for gold, _ in corpus if gold.id not in annotated]), preparer)
    say(f"{len(examples)} articles, {sum(len(e.prepared.pairs) for e in examples)} pairs")
    return examples, scored
