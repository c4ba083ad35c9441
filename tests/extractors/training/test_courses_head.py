"""The graph of courses gives what the fitted head gives, whatever the numbers of candidates and pieces."""

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from extractors.claims.words import session  # noqa: E402
from extractors.courses.marks import Marks  # noqa: E402
from extractors.training.courses_head import export  # noqa: E402
from extractors.training.courses_network import WIDTH, CourseHead  # noqa: E402


# The recipes export by way of TorchScript, which torch calls old.
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(("candidates", "pieces"), [(1, 25), (6, 300)])
def test_the_graph_gives_what_the_head_gives(tmp_path: Path, candidates: int, pieces: int) -> None:
    torch.manual_seed(1)
    head = CourseHead().eval()
    (tmp_path / "words.onnx").write_bytes(b"any")
    export(head, tmp_path)
    chance = np.random.default_rng(1)
    shapes: dict[str, int | tuple[int, int]] = {
        "sections": pieces,
        "mentions": (candidates, pieces),
        "places": (candidates, pieces),
    }
    shapes |= {"treatments": candidates, "namings": candidates, "candidates": 1, "design": 1}
    inputs = {f.name: chance.integers(0, 3, shapes[f.name]) for f in fields(Marks)}
    read = chance.normal(size=(pieces, WIDTH)).astype(np.float32)
    (odds,) = session((tmp_path / "courses.onnx").read_bytes()).run(None, {"pieces": read, **inputs})
    with torch.no_grad():
        expected = head(torch.from_numpy(read), *(torch.from_numpy(inputs[f.name]) for f in fields(Marks)))
    assert np.allclose(odds, expected.numpy(), atol=1e-5)
