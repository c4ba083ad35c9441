"""Train the claim encoder and what its odds are worth beside the trees', and store both.

python -m extractors.training.claims_encoder --gold ../shared/gold/train.jsonl --corpora ../shared/corpora \
    --annotations extractors/training/annotations --texts TEXTS.jsonl --out extractors/models/encoder

Needs the extra `training`. Two hours of one core: the network is fitted without the articles of one fold, judges them
beside trees that have not seen them either, and is then fitted on all. Dev is never read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch.nn import functional

from extractors.claims.encoder import PairEncoder
from extractors.claims.matcher import PatternMatcher
from extractors.claims.pieces import Cutter
from extractors.claims.second_opinion import BLEND
from extractors.claims.spots import find_spots
from extractors.training.claims_blend import fit_blend, store_blend
from extractors.training.claims_data import Example
from extractors.training.claims_examples import read_examples, recipe_options, stopwatch
from extractors.training.claims_export import export
from extractors.training.claims_fit import choose_folds, first_stage, tree_odds
from extractors.training.claims_mentions import MENTIONS
from extractors.training.claims_network import START, Inputs, Network, to_inputs

SEED = 0
EPOCHS = 5
#: Steps of the pretrained layers and of the new ones; the rates rise over the first part of the run, then fall.
RATE, NEW_RATE = 1.5e-4, 1e-3
RISE, LEAST = 0.06, 0.02
DECAY = 0.01
#: Articles to a step.
BATCH = 4
#: What an article's sum of losses is divided by: about its candidates that are worth a thought.
SCALE = 40


@click.command()
@recipe_options
def train(gold: Path, corpora: Path, annotations: Path | None, texts: tuple[Path, ...], out: Path) -> None:
    """Train the encoder and the blend, and write them."""
    say = stopwatch()
    examples, scored = read_examples(gold, corpora, annotations, texts, MENTIONS, say)
    matcher, folds = PatternMatcher(), choose_folds(len(examples))
    found = first_stage(examples, folds, matcher)
    trees = tree_odds(examples, found, folds)
    say("both stages fitted")
    tokenizer = read_tokenizer()
    inputs = read_inputs(examples, tokenizer)
    unseen = [i for i in np.flatnonzero(folds[:scored] == 0).tolist() if len(found[i].rows)]
    with TemporaryDirectory() as scratch:
        store_network(fit_network(examples, inputs, np.flatnonzero(folds != 0), say), tokenizer, Path(scratch))
        reader = PairEncoder(Path(scratch))
    encoder = [reader.odds(examples[i].prepared) for i in unseen]
    blend, lines = fit_blend(
        [examples[i] for i in unseen], [found[i] for i in unseen], [trees[i] for i in unseen], encoder
    )
    print(*lines, sep="\n")
    store_blend(out / BLEND, blend)
    store_network(fit_network(examples, inputs, np.arange(len(examples)), say), tokenizer, out)


def read_tokenizer() -> Tokenizer:
    """Return the tokenizer of the pretrained network, which neither pads nor cuts."""
    tokenizer = Tokenizer.from_buffer((resources.files(START[0]) / START[1] / "tokenizer.json").read_bytes())
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def read_inputs(examples: Sequence[Example], tokenizer: Tokenizer) -> list[Inputs]:
    """Return what the network reads of each article."""
    cutter = Cutter(tokenizer)
    inputs = []
    for example in examples:
        reading = example.prepared.reading
        pieces = cutter.cut(reading)
        inputs.append(to_inputs(pieces, find_spots(reading, pieces, example.prepared.pairs)))
    return inputs


def fit_network(
    examples: Sequence[Example],
    inputs: Sequence[Inputs],
    chosen: npt.NDArray[np.intp],
    say: Callable[[str], None],
) -> Network:
    """Fit the network to the chosen articles, a fixed number of times through all."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    chosen = np.array([i for i in chosen if examples[i].prepared.pairs])
    network = Network()
    network.train()
    old = [p for p in network.words.parameters() if p.requires_grad]
    new = [p for name, p in network.named_parameters() if not name.startswith("words.")]
    optimiser = torch.optim.AdamW([{"params": old, "lr": RATE}, {"params": new, "lr": NEW_RATE}], weight_decay=DECAY)
    steps = EPOCHS * len(chosen) // BATCH
    plan = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1, (step + 1) / (RISE * steps)) * max(LEAST, 1 - step / steps)
    )
    chance = np.random.default_rng(SEED)
    for epoch in range(EPOCHS):
        total = 0.0
        for number, i in enumerate(chance.permutation(chosen)):
            loss = _loss(network, examples[i], inputs[i])
            (loss / BATCH).backward()
            total += loss.item()
            if number % BATCH == BATCH - 1:
                torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
                optimiser.step()
                plan.step()
                optimiser.zero_grad()
        say(f"epoch {epoch + 1} of {EPOCHS}: loss {total / len(chosen):.4f}")
    network.eval()
    return network


def _loss(network: Network, example: Example, inputs: Inputs) -> torch.Tensor:
    """Return the cross-entropy over what the types allow and the annotators marked."""
    usable = torch.from_numpy(example.prepared.allowed & example.known)
    labels = torch.from_numpy(example.labels).float()
    odds = network(inputs)
    return functional.binary_cross_entropy_with_logits(odds[usable], labels[usable], reduction="sum") / SCALE


def store_network(network: Network, tokenizer: Tokenizer, folder: Path) -> None:
    """Write what the extractor needs to run the network."""
    export(network, folder)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)


if __name__ == "__main__":
    train()
