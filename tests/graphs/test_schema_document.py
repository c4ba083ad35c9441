from __future__ import annotations

import re
from pathlib import Path

from graphs.store import Store, free_query

DOCUMENT = Path(__file__).parents[2] / "docs" / "schema.md"


def test_schema_document_names_every_table_and_column(store: Store) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    rows = store.connection.execute(
        "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_xinfo(m.name) c"
        " WHERE m.type = 'table' AND m.name NOT LIKE '%_fts%' AND m.name NOT LIKE 'sqlite_%'"
    ).fetchall()
    words = set(re.findall(r"`(\w+)`", text))
    # A course's number spans are named by their first and last; keys are explained above the tables.
    between = {"key", "patients_end", "responders_start"}
    assert rows
    assert {word for row in rows for word in row} - words - between == set()


def test_schema_document_examples_run(store: Store) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    (block,) = re.findall(r"```sql\n(.*?)```", text, re.S)
    statements = [part.strip() for part in block.split(";") if part.strip()]
    assert len(statements) == 3
    for statement in statements:
        free_query.select(store.connection, statement, limit=1, seconds=5)
