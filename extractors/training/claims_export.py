"""Writes the claim encoder as three ONNX graphs, the one of words with 8-bit weights."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.preprocess import quant_pre_process
from torch import Tensor, nn
from torch.nn import functional

from extractors.claims.encoder import JUDGED
from extractors.claims.spots import FAR
from extractors.claims.words import READ, WORDS
from extractors.training.claims_manner_network import HEADS, KEY, VALUE, MannerHead
from extractors.training.claims_network import ROLE, Network

#: The version of the operators.
OPSET = 17


class Words(nn.Module):  # type: ignore[misc]
    """From pieces to a vector for each role, to the keys and values that a claim looks back at, and the last layer."""

    def __init__(self, network: Network, head: MannerHead) -> None:
        super().__init__()
        self.words, self.roles, self.head = network.words, network.roles, head

    def forward(self, pieces: Tensor, kinds: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return the vectors of all roles, keys and values, and the last layer, a row a piece."""
        # Not by the whole network's own way: its mask, which hides nothing, costs a twelfth of the time.
        read = self.words.encoder(self.words.embeddings(input_ids=pieces, token_type_ids=kinds))
        (last,) = read.last_hidden_state
        return self.roles(last), self.head.keys_and_values(last), last


class Pairs(nn.Module):  # type: ignore[misc]
    """From pooled vectors to log odds; a pair's meetings are those of numbers `first` and `second`."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.kinds, self.distances = network.kinds, network.distances
        self.out, self.with_product = network.out, network.with_product

    def forward(
        self,
        ends: Tensor,
        product: Tensor,
        kinds: Tensor,
        met: Tensor,
        distances: Tensor,
        owners: Tensor,
        first: Tensor,
        second: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return log odds and what they were read from, a row a pair; `pool` of the encoder gives the inputs."""
        base = ends + self.kinds(kinds)
        meetings = base[owners] + met + self.distances(distances)
        every = functional.gelu(torch.cat([meetings, base + self.distances.weight[FAR]]))
        strongest = torch.maximum(every[first], every[second])
        return self.out(strongest) + self.with_product(product * 0.3), base, strongest


def export(network: Network, head: MannerHead, folder: Path) -> None:
    """Write `words.onnx`, `pairs.onnx` and `manner.onnx`."""
    network.eval()
    network.words.set_attn_implementation("eager")
    pieces = torch.ones(1, 40, dtype=torch.int64)
    with tempfile.TemporaryDirectory() as scratch:
        plain, ready = Path(scratch, "plain.onnx"), Path(scratch, "ready.onnx")
        axes = _lengths("pieces", "kinds", axis=1) | _lengths(*READ)
        export_graph(Words(network, head), {"pieces": pieces, "kinds": pieces * 0}, axes, plain)
        quant_pre_process(plain, ready, skip_symbolic_shape=True)
        # Seven bits of eight: without them, processors that have no instruction for products of bytes run over.
        quantize_dynamic(ready, folder / WORDS, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    numbers, vectors = torch.zeros(7, dtype=torch.int64), torch.zeros(7, ROLE)
    inputs = {
        "ends": vectors,
        "product": vectors,
        "kinds": numbers,
        "met": torch.zeros(5, ROLE),
        "distances": numbers[:5],
        "owners": numbers[:5],
        "first": numbers,
        "second": numbers,
    }
    export_graph(Pairs(network), inputs, _lengths(*inputs, *JUDGED), folder / "pairs.onnx")
    claims = {
        "keys_and_values": torch.zeros(40, HEADS * (KEY + VALUE)),
        "both": vectors,
        "strongest": vectors,
        "predicates": numbers,
    }
    export_graph(head, claims, _lengths(*claims, "odds"), folder / "manner.onnx")


def _lengths(*names: str, axis: int = 0) -> dict[str, dict[int, str]]:
    """Return the name of the dimension of each input or output that has any length."""
    many = {"met": "meetings", "distances": "meetings", "owners": "meetings", "keys_and_values": "pieces"}
    return {name: {axis: many.get(name, "rows")} for name in names}


def export_graph(
    module: nn.Module, inputs: Mapping[str, Tensor], axes: Mapping[str, Mapping[int, str]], path: Path
) -> None:
    """Write a module as a graph; `axes` names the dimensions of inputs and outputs that have any length."""
    torch.onnx.export(
        module.eval(),
        tuple(inputs.values()),
        str(path),
        input_names=list(inputs),
        output_names=[name for name in axes if name not in inputs],
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
    )
