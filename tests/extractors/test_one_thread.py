"""Extraction keeps to one thread a process whatever the environment: nothing in it is handed to BLAS, which starts more.

Products of small matrices cost more CPU on several threads than on one, and their sums depend on the machine.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import extractors

#: Functions of numpy that call BLAS or LAPACK.
BLAS = frozenset({"dot", "einsum", "inner", "linalg", "matmul", "outer", "tensordot", "vdot"})
FOLDER = Path(extractors.__file__).parent


def products(source: str) -> Iterator[int]:
    for node in ast.walk(ast.parse(source)):
        operator = getattr(node, "op", None)
        if isinstance(operator, ast.MatMult) or (isinstance(node, ast.Attribute) and node.attr in BLAS):
            assert isinstance(node, ast.expr | ast.stmt)
            yield node.lineno


def test_a_product_of_matrices_is_seen() -> None:
    assert sorted(products("a = b @ c\na @= b\nnp.dot(a, b)\na * b")) == [1, 2, 3]


def test_no_extractor_multiplies_matrices() -> None:
    sources = [p for p in FOLDER.rglob("*.py") if p.parent.name != "training"]
    assert len(sources) > 50
    found = [f"{p.relative_to(FOLDER)}:{line}" for p in sources for line in products(p.read_text(encoding="utf-8"))]
    assert found == []
