"""Tables as data frames of pandas or polars; both are optional."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graphs.exports.extras import load
from graphs.tables.table import Cell, Quote, Table


def to_pandas(table: Table) -> Any:
    """Return a pandas DataFrame with nullable types.

    Raises SiccaError, with what to install, where pandas is missing.
    """
    pandas = load("pandas", extra="notebook")
    return pandas.DataFrame(columns_of(table)).convert_dtypes()


def to_polars(table: Table) -> Any:
    """Return a polars DataFrame.

    Raises SiccaError, with what to install, where polars is missing.
    """
    polars = load("polars", extra="notebook")
    return polars.DataFrame(columns_of(table))


def columns_of(table: Table) -> dict[str, list[str | int | float | None]]:
    """Return heading → cells, the cells of a column all of one type: text where texts and numbers mix ("3", "3–5")."""
    return {column.name: _of_one_type([row[place] for row in table.rows]) for place, column in enumerate(table.columns)}


def _of_one_type(cells: Sequence[Cell]) -> list[str | int | float | None]:
    plain = [str(cell) if isinstance(cell, Quote) else cell for cell in cells]
    types = {type(cell) for cell in plain if cell is not None}
    if str in types:
        return [None if cell is None else str(cell) for cell in plain]
    if types == {int, float}:
        return [None if cell is None else float(cell) for cell in plain]
    return list(plain)
