"""The whole of sicca beside the pipelines of scispaCy and kindred, in one run on the same records: CPU time only.

    PYTHONPATH=. python benchmarks/pipelines.py --records RECORDS.xml.gz --gold ../shared/gold/train.jsonl \
        --dev ../shared/gold/dev.jsonl --annotations extractors/training/annotations --cache documents.pickle

Needs `kindred` 2.8, nmslib and a spaCy model with parser and NER (`--model`). What each pipeline does stands in
pipelines.md, and beside its parts in the output. Each runs in a process of its own with one thread; loading and
training are timed apart, every record is read once and article by article. `--cache` is that of claim_peers.py.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from benchmarks.claim_documents import corpus_options
from benchmarks.extraction import sample
from extractors.records import Article
from extractors.vocabulary import lexicon
from extractors.vocabulary.vocabulary import curated

#: One part of a pipeline: its name, and what it does with an article's text and what the part before gave.
Part = tuple[str, Callable[[Any], Any]]
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Sources:
    """What pipelines are built from."""

    model: str
    gold: Path
    dev: Path
    annotations: Path
    texts: tuple[Path, ...]
    cache: Path
    first: int


def sicca(_: Sources) -> list[Part]:
    """Return mentions, links, claims, courses and study by the default settings, as `sicca run` reads an article."""
    from pipeline.config import Extraction as Settings
    from pipeline.extraction import Extractor

    return [("everything", Extractor(Settings()).extract)]


def scispacy(sources: Sources) -> list[Part]:
    """Return scispaCy's tokenizer, abbreviations and linker around the tagger, parser and NER of a stock model."""
    import spacy
    from scispacy.abbreviation import AbbreviationDetector  # noqa: F401 (registers the component)
    from scispacy.custom_tokenizer import combined_rule_tokenizer

    nlp = spacy.load(sources.model)
    nlp.tokenizer = combined_rule_tokenizer(nlp)
    nlp.add_pipe("abbreviation_detector")
    pipes = dict(nlp.pipeline)
    link = _linker()

    def parse(doc: Any) -> Any:
        for name, pipe in pipes.items():
            if name not in {"ner", "abbreviation_detector"}:
                doc = pipe(doc)
        return doc

    return [
        ("tokens", lambda article: nlp.make_doc(article.text)),
        ("tags, lemmas, tree, sentences", parse),
        ("names (NER)", pipes["ner"]),
        ("abbreviations", pipes["abbreviation_detector"]),
        ("links of noun phrases", link),
    ]


def _linker() -> Callable[[Any], list[Any]]:
    from benchmarks.scispacy_candidates import Candidates

    candidates = Candidates(curated().concepts())

    def link(doc: Any) -> list[Any]:
        # scispaCy's own models mark all noun phrases as entities and link them; abbreviations by their long form.
        long = {str(short): str(short._.long_form) for short in doc._.abbreviations}
        return candidates.find([long.get(chunk.text, chunk.text) for chunk in doc.noun_chunks])

    return link


def kindred(sources: Sources) -> list[Part]:
    """Return kindred's parser, dictionary of names and relation classifier, trained on annotated claims."""
    import kindred as package  # type: ignore[import-not-found]

    from benchmarks import claim_documents
    from benchmarks.kindred_claims import Kindred

    train, _ = claim_documents.load(sources.gold, sources.dev, sources.annotations, sources.texts, sources.cache)
    pairs = train[: sources.first]
    classifier = Kindred(pairs, sources.model).train(range(len(pairs)))
    lookup: dict[str, set[tuple[str, str]]] = {}
    for name in lexicon.load():
        lookup.setdefault(name.text.lower(), set()).add((str(name.concept.type), name.concept.curie))
    parser, recogniser = package.Parser(model=sources.model), package.EntityRecognizer(lookup)

    def parse(article: Article) -> Any:
        corpus = package.Corpus()
        corpus.addDocument(package.Document(article.text))
        parser.parse(corpus)
        corpus.parsed = True
        return corpus

    def annotate(corpus: Any) -> Any:
        recogniser.annotate(corpus)
        return corpus

    def predict(corpus: Any) -> Any:
        classifier.predict(corpus)
        return corpus

    return [("tokens, tags, lemmas, tree", parse), ("names (dictionary)", annotate), ("relations", predict)]


SYSTEMS: dict[str, tuple[Callable[[Sources], list[Part]], tuple[str, ...]]] = {
    "sicca": (sicca, ()),
    "scispacy": (scispacy, ("scispacy", "nmslib")),
    "kindred": (kindred, ("kindred",)),
}


def measure(system: str, sources: Sources, articles: Sequence[Article]) -> None:
    """Run one pipeline and print a line for each of its parts and one for the whole."""
    began = time.process_time()
    parts = SYSTEMS[system][0](sources)
    load = time.process_time() - began
    seconds = dict.fromkeys((name for name, _ in parts), 0.0)
    for article in articles:
        value: Any = article
        for name, work in parts:
            began = time.process_time()
            value = work(value)
            seconds[name] += time.process_time() - began
    whole = sum(seconds.values())
    for name, taken in seconds.items():
        print(f"{system:9} {name:32} {1000 * taken / len(articles):8.2f} ms an abstract")
    print(f"{system:9} {'all':32} {1000 * whole / len(articles):8.2f} ms, load and training {load:.1f} CPU s")
    print(f"{whole}", file=sys.stderr)


def compare(arguments: Iterable[str], count: int) -> None:
    """Run each pipeline that can be had in a process of its own, and print how they stand to sicca."""
    environment = {**os.environ, **dict.fromkeys(THREADS, "1")}
    taken: dict[str, float] = {}
    for system, (_, needed) in SYSTEMS.items():
        if lacking := [name for name in needed if importlib.util.find_spec(name) is None]:
            print(f"{system:9} left out: {', '.join(lacking)} not installed")
            continue
        command = [sys.executable, __file__, *arguments, "--system", system]
        run = subprocess.run(command, env=environment, stderr=subprocess.PIPE, text=True, check=False)
        if run.returncode:
            raise click.ClickException(f"{system}: {run.stderr}")
        taken[system] = float(run.stderr.split()[-1])
    for system, seconds in taken.items():
        ratio = seconds / taken["sicca"]
        print(f"{system:9} {count / seconds:6.1f} abstracts a CPU second; {ratio:.2f} times the CPU time of sicca")


@click.command()
@click.option("--records", type=click.Path(exists=True, path_type=Path), required=True, help="MEDLINE XML, JSON lines.")
@click.option("--count", type=click.IntRange(min=1), default=200, show_default=True, help="Articles of the sample.")
@click.option("--model", default="en_core_web_sm", show_default=True, help="spaCy model of the two peers.")
@click.option("--first", type=int, default=150, show_default=True, help="Annotated articles that kindred learns from.")
@click.option("--system", type=click.Choice(list(SYSTEMS)), help="Measure this one only.")
@corpus_options
def main(records: Path, count: int, system: str | None, **given: Any) -> None:
    """Print the table."""
    articles = sample(records, count)
    if system:
        measure(system, Sources(**given), articles)
        return
    characters = sum(len(article.text) for article in articles) / len(articles)
    print(
        f"{len(articles)} records of {characters:.0f} characters on average; load {os.getloadavg()[0]:.1f}", flush=True
    )
    compare(sys.argv[1:], len(articles))


if __name__ == "__main__":
    main()
