"""From a name as a person types it to the nodes of the graph it stands for."""

from __future__ import annotations

import difflib
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.errors import InputError
from extractors.records import MentionType
from graphs.names import fold, words
from graphs.store import concepts, hierarchy
from graphs.store.hierarchy import Kinds

#: Who takes part in a course of treatment.
TREATMENTS = (MentionType.DRUG, MentionType.PROCEDURE)
#: Suggestions shown for an unknown name.
SUGGESTIONS = 5


@dataclass(frozen=True, slots=True)
class Topic:
    """What a typed name stands for: the ids of its nodes, kinds included, and how it was understood."""

    typed: str
    id: str
    name: str
    #: Concepts and unlinked arguments with this name, and all their kinds.
    ids: tuple[str, ...]
    #: Empty where a name was meant exactly; else what was taken for it, and what else it could be.
    note: str = ""


def understand(
    connection: sqlite3.Connection, typed: str, *, types: Sequence[MentionType] = (), kinds: bool = True
) -> Topic:
    """Return what a name stands for; with `kinds`, vasculitis includes cryoglobulinaemic vasculitis.

    A CURIE stands for itself; a name or synonym for its concepts and for unlinked arguments of that name; failing
    that, the beginning of a name ("Sjogren") for the concept with most claims. Raises InputError with suggestions.
    """
    # SQLite's full-text search takes a null character for the end of the query.
    typed = " ".join(typed.replace("\x00", " ").split())
    if not typed:
        raise InputError("an empty name; give a disease, drug, protein … or a CURIE")
    found = concepts.by_id(connection, typed) or _of_types(concepts.named(connection, typed), types)
    note = ""
    if not found:
        found, note = _by_words(connection, typed, types)
    if not found:
        raise InputError(_unknown(connection, typed, types))
    first = max(found, key=lambda row: concepts.claim_count(connection, row[0]))
    roots = sorted({row[0] for row in found})
    ids = tuple(roots)
    if kinds:
        ids = Kinds(hierarchy.below(connection, roots), roots)
    return Topic(typed, first[0], first[1], ids, note)


def _of_types(found: list[tuple[str, str, str]], types: Sequence[MentionType]) -> list[tuple[str, str, str]]:
    return [row for row in found if not types or row[2] in types]


def _by_words(
    connection: sqlite3.Connection, typed: str, types: Sequence[MentionType]
) -> tuple[list[tuple[str, str, str]], str]:
    """Return the most spoken-of concept whose names contain the words typed, and a note that says so."""
    tokens = typed.replace('"', " ").replace("'", " ").split()
    found = _of_types(concepts.containing(connection, tokens), types)
    found += _of_types(concepts.argument_names(connection, fold(typed)), types)
    counts = {row: concepts.claim_count(connection, row[0]) for row in dict.fromkeys(found)}
    ranked = sorted(counts, key=lambda row: (-counts[row], len(row[1]), row[1], row[0]))
    names = list(dict.fromkeys(row[1] for row in ranked if counts[row]))
    if not names:
        return [], ""
    first = ranked[0]
    others = f"; it could also be: {', '.join(names[1:SUGGESTIONS])}" if names[1:] else ""
    return [first], f"{typed!r} taken for {first[1]} ({first[0]}){others}"


def _unknown(connection: sqlite3.Connection, typed: str, types: Sequence[MentionType]) -> str:
    """Return the error for a name nobody has, with the nearest names."""
    folded = fold(typed)
    pool = {name for length in (4, 3, 2) for name in _beginning(connection, folded[:length])}
    by_fold = {fold(name): name for name in sorted(pool)}
    nearest = [by_fold[key] for key in difflib.get_close_matches(folded, by_fold, n=SUGGESTIONS, cutoff=0.6)]
    kind = " or ".join(types).lower() if types else "concept"
    hint = f"; did you mean: {', '.join(nearest)}?" if nearest else "; `sicca ask names` lists what the graph knows"
    beginning = " ".join(words(typed))
    return f"no {kind} named {typed!r} (read as {beginning!r}) in this store{hint}"


def _beginning(connection: sqlite3.Connection, prefix: str) -> list[str]:
    names = concepts.similar(connection, prefix)
    return names + [name for _, name, _ in concepts.argument_names(connection, prefix)]
