"""Train the claim encoder and what its odds are worth beside the trees', and store both.

python -m extractors.training.claims_encoder --gold ../shared/gold/train.jsonl --corpora ../shared/corpora \
    --annotations extractors/training/annotations --texts TEXTS.jsonl --out extractors/models/encoder

Needs the extra `training`. Two and a half hours of one core: the network is fitted without the articles of one fold,
judges them beside trees that have not seen them either, and is then fitted on all. Each time it learns which claims are
stated; a head on what it has learnt then learns how they are made. Dev is never read. Run extractors.training.courses
afterwards: its head reads the vectors of this network.
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

from extractors.claims.candidates import PREDICATES, Candidates
from extractors.claims.encoder import PairEncoder
from extractors.claims.matcher import PatternMatcher
from extractors.claims.model import Linear
from extractors.claims.pieces import Cutter
from extractors.claims.second_opinion import BLEND, Blend
from extractors.claims.spots import find_spots
from extractors.training.claims_blend import fit_blend, store_blend
from extractors.training.claims_data import Example
from extractors.training.claims_descent import descend
from extractors.training.claims_direction import fit_direction
from extractors.training.claims_examples import read_examples, recipe_options, stopwatch
from extractors.training.claims_export import export
from extractors.training.claims_fit import choose_folds, first_stage, tree_odds
from extractors.training.claims_manner import fit_manner, read_made
from extractors.training.claims_manner_blend import fit_manner_blend
from extractors.training.claims_manner_fit import fit_manner_head
from extractors.training.claims_mentions import MENTIONS
from extractors.training.claims_network import START, Inputs, Network, to_inputs
from extractors.training.claims_statements import fit_statements

SEED = 0
EPOCHS = 5
#: Steps of the pretrained layers and of the new ones; how much weights decay.
RATE, NEW_RATE = 1.5e-4, 1e-3
DECAY = 0.01


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

    def fitted(chosen: npt.NDArray[np.intp], folder: Path) -> None:
        network = fit_network(examples, inputs, chosen, say)
        head = fit_manner_head(network, examples, inputs, chosen[chosen < scored], say)
        export(network, head, folder)
        tokenizer.save(str(folder / "tokenizer.json"), pretty=False)

    with TemporaryDirectory() as scratch:
        fitted(np.flatnonzero(folds != 0), Path(scratch))
        encoder = PairEncoder(Path(scratch))
    seen = [e for e, fold in zip(examples[:scored], folds, strict=False) if fold]
    direction = fit_direction(corpora / "evidence_inference")
    blend, lines = blend_unseen(
        [examples[i] for i in unseen], [found[i] for i in unseen], [trees[i] for i in unseen], seen, encoder, direction
    )
    print(*lines, sep="\n")
    fitted(np.arange(len(examples)), out)
    store_blend(out / BLEND, blend)


def blend_unseen(
    unseen: Sequence[Example],
    found: Sequence[Candidates],
    trees: Sequence[npt.NDArray[np.float64]],
    seen: Sequence[Example],
    encoder: PairEncoder,
    direction: Linear,
) -> tuple[Blend, list[str]]:
    """Return the blend fitted on articles that neither trees nor encoder have seen, and lines that say how it does.

    What the words say of a claim's manner is learnt from the articles `seen`.
    """
    readings = [encoder.read(e.prepared) for e in unseen]
    made = list(read_made(unseen, direction, fit_statements(seen)))
    words = fit_manner(list(read_made(seen, direction))).odds([m.features for m in made])
    said = [
        encoder.manner(readings[m.document], np.array([m.row]), np.array([PREDICATES.index(m.predicate)])) for m in made
    ]
    weights, starts, manner_lines = fit_manner_blend(made, words, np.concatenate(said))
    blend, lines = fit_blend(unseen, found, trees, [r.odds for r in readings], (weights, starts))
    return blend, [*lines, *manner_lines]


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
    descend(optimiser, chosen, lambda i: _loss(network(inputs[i]).odds, examples[i]), say, epochs=EPOCHS, seed=SEED)
    network.eval()
    return network


def _loss(odds: torch.Tensor, example: Example) -> torch.Tensor:
    """Return the cross-entropy over what the types allow and the annotators marked."""
    usable = torch.from_numpy(example.prepared.allowed & example.known)
    labels = torch.from_numpy(example.labels).float()
    return functional.binary_cross_entropy_with_logits(odds[usable], labels[usable], reduction="sum")


if __name__ == "__main__":
    train()
