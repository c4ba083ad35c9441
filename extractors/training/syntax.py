"""Train a small tagger and dependency parser on CRAFT and measure it on raw text of articles it has not seen.

python -m extractors.training.syntax --craft ../shared/corpora/syntax/craft_conllu.tar.gz --minutes 20 --out PARSER

The weights are no part of sicca: docs/claims.md says what a parse is worth to the claim classifier. GENIA's trees are
left out, because they follow another scheme (prepositions hang on their nouns there).
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from extractors.language.tokenizer import AbstractTokenizer
from extractors.training.syntax_corpus import Tree, read_craft
from extractors.training.syntax_measure import Parsed, score

#: Articles held out: every tenth in the order of ids.
HELD_OUT = 10
#: Longer sentences are tables and lists of references.
LONGEST = 80
#: Words a batch, and how often the running scores are printed (batches).
BATCH, NEWS = 1500, 50
#: Sentences that labels and sizes of the layers are read from.
SAMPLE = 5000
TOK2VEC = {
    "@architectures": "spacy.HashEmbedCNN.v2",
    "pretrained_vectors": None,
    "width": 96,
    "depth": 4,
    "embed_size": 4000,
    "window_size": 1,
    "maxout_pieces": 3,
    "subword_features": True,
}
LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "*"}


def build() -> Language:
    """Build the untrained pipeline: sicca's tokenizer, word vectors shared by tagger and parser."""
    nlp = spacy.blank("en")
    nlp.tokenizer = AbstractTokenizer(nlp.vocab)
    nlp.add_pipe("tok2vec", config={"model": TOK2VEC})
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": LISTENER}})
    parser = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "parser",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": LISTENER,
    }
    nlp.add_pipe("parser", config={"model": parser, "min_action_freq": 10})
    return nlp


def example(nlp: Language, tree: Tree) -> Example:
    """Return a sentence with sicca's own tokens beside the annotated ones."""
    reference = Doc(
        nlp.vocab,
        words=list(tree.words),
        spaces=[*(a[1] < b[0] for a, b in zip(tree.spans, tree.spans[1:], strict=False)), False],
        tags=list(tree.tags),
        heads=list(tree.heads),
        deps=list(tree.labels),
        sent_starts=[i == 0 for i in range(len(tree.spans))],
    )
    return Example(nlp.make_doc(tree.text), reference)


def batches(trees: Sequence[Tree], chance: random.Random) -> Iterator[list[Tree]]:
    """Yield the sentences in a new order, cut into batches of about as many words."""
    order = list(trees)
    chance.shuffle(order)
    batch: list[Tree] = []
    for tree in order:
        batch.append(tree)
        if sum(len(t.spans) for t in batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def fit(nlp: Language, trees: Sequence[Tree], *, minutes: float) -> None:
    """Train for so many CPU minutes; the learning rate falls to nothing over them."""
    chance = random.Random(0)  # noqa: S311 (the order of examples is no secret)
    tagger = nlp.get_pipe("tagger")
    for tag in sorted({tag for tree in trees for tag in tree.tags}):
        tagger.add_label(tag)  # type: ignore[attr-defined]
    some = chance.sample(trees, min(SAMPLE, len(trees)))
    optimizer = nlp.initialize(lambda: [example(nlp, t) for t in some])
    began, done, number = time.process_time(), 0.0, 0
    losses: dict[str, float] = {}
    while done < 1:
        for batch in batches(trees, chance):
            done = (time.process_time() - began) / (60 * minutes)
            if done >= 1:
                break
            optimizer.learn_rate = 0.002 * (1 - done)
            nlp.update([example(nlp, t) for t in batch], sgd=optimizer, drop=0.1, losses=losses)
            number += 1
            if number % NEWS == 0:
                print(f"{done:4.0%} {number} batches", {k: round(v) for k, v in losses.items()}, flush=True)
                losses = {}


@click.command()
@click.option("--craft", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--minutes", type=float, default=20, show_default=True, help="CPU minutes of training.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the trained pipeline.")
def train(craft: Path, minutes: float, out: Path) -> None:
    """Train, measure, store."""
    articles = list(read_craft(craft).values())
    held_out = articles[::HELD_OUT]
    known = [t for i, trees in enumerate(articles) if i % HELD_OUT for t in trees if 1 < len(t.spans) <= LONGEST]
    nlp = build()
    fit(nlp, known, minutes=minutes)
    began = time.process_time()
    parsed = [(tree, Parsed.of(nlp(tree.text))) for trees in held_out for tree in trees]
    seconds = time.process_time() - began
    words = sum(len(tree.spans) for tree, _ in parsed)
    scores = score(parsed)
    print(
        f"{len(known)} sentences in training; {len(parsed)} held out ({len(held_out)} articles, {words} words): "
        f"tokens F1 {scores.tokens:.3f}, tags {scores.tags:.3f}, UAS {scores.unlabelled:.3f}, "
        f"LAS {scores.labelled:.3f}; {words / seconds:.0f} words a CPU second"
    )
    # The tokenizer has no settings to store: whoever loads the pipeline puts it in again.
    nlp.to_disk(out, exclude=["tokenizer"])


if __name__ == "__main__":
    train()
