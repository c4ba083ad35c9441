"""The annotated articles with the mentions that methods are compared on: found by recognisers that never saw them."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from extractors.document import Document
from extractors.language.nlp import build_nlp
from extractors.records import Article, Certainty, Effect
from extractors.training.annotated import read_annotations
from extractors.training.claims_data import GoldDocument, read_gold
from extractors.training.claims_mentions import FoldedChain
from pipeline.evaluation import gold as evaluation

Pairs = list[tuple[GoldDocument, Document]]


def corpus_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that `load` asks for."""
    given, made = click.Path(exists=True, path_type=Path), click.Path(path_type=Path)
    for option in (
        click.option("--cache", type=made, required=True, help="Where articles with mentions are kept."),
        click.option("--texts", type=given, multiple=True),
        click.option("--annotations", type=given, required=True),
        click.option("--dev", type=given, required=True),
        click.option("--gold", type=given, required=True),
    ):
        command = option(command)
    return command


def load(gold: Path, dev: Path, annotations: Path, texts: Sequence[Path], cache: Path) -> tuple[Pairs, Pairs]:
    """Return the articles for training and those of dev; `cache` is read where it exists, written otherwise.

    The cache is a pickle, so that only one's own may be given.
    """
    if cache.exists():
        stored: dict[str, Any] = pickle.loads(cache.read_bytes())  # noqa: S301 (the user's own cache)
        return stored["train"], stored["dev"]
    chain = FoldedChain(gold, build_nlp())

    def found(documents: Iterable[GoldDocument]) -> Iterator[tuple[GoldDocument, Document]]:
        for document in documents:
            yield document, chain.read(Article(document.id, document.title, document.abstract))

    train = list(found([*read_gold(gold), *read_annotations(annotations, texts)]))
    result = train, list(found(read_gold(dev)))
    cache.write_bytes(pickle.dumps({"train": result[0], "dev": result[1]}))
    return result


def for_scoring(gold: GoldDocument, document: Document) -> evaluation.GoldDocument:
    """Return an annotated article in the terms of the gold standard's scores."""
    ends = list(dict.fromkeys(end for c in gold.claims for end in (c.subject, c.object)))
    key = {end: str(number) for number, end in enumerate(ends)}
    claims = tuple(
        evaluation.GoldClaim(
            key[c.subject],
            c.predicate,
            key[c.object],
            Effect(c.effect) if c.effect else None,
            c.negated,
            Certainty(c.certainty),
        )
        for c in gold.claims
    )
    return evaluation.GoldDocument(document.article, tuple((key[end], end) for end in ends), claims, (), None, None)
