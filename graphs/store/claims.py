"""Claims and their evidence: what assembly reads and writes, and what the questions look up."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence

from extractors.records import Argument, Certainty, Claim, Effect, Evidence, MentionType, Origin, Predicate
from graphs.answers import AssembledClaim, Reading, Source
from graphs.store import cited, codec, hierarchy
from graphs.store.hierarchy import LISTED

#: The order in which claims are shown; the indexes of migration 2 have it.
RANK = "c.weight DESC, c.articles DESC, c.id"
#: Claims of a broad topic with one predicate up to which all are gathered; from there on the first are soon met on the
#: way down the ranked claims of the predicate.
FEW = 3000
#: A JSON list of article ids as rows.
ARTICLES = f"(SELECT key FROM article WHERE id IN {LISTED})"  # noqa: S608 (a constant)
#: What `_claims` expects, from the tables of `CLAIM_FROM`.
CLAIM_COLUMNS = (
    "s.concept, s.id, s.name, s.type, c.predicate, o.concept, o.id, o.name, o.type, c.id, c.verdict, c.belief,"
    " c.opposed, c.evidence, c.articles, c.studies, c.patients_low, c.patients_high, c.retracted, c.first_year,"
    " c.last_year, c.quote"
)
CLAIM_FROM = "claim c JOIN node s ON s.key = c.subject JOIN node o ON o.key = c.object"
#: The same, as they must be gone through for claims to come by their subjects' ids without being sorted.
CLAIMS_BY_SUBJECT = "node s CROSS JOIN claim c ON c.subject = s.key JOIN node o ON o.key = c.object"
#: What `_sources` expects, from the tables of `SOURCE_FROM`.
SOURCE_COLUMNS = (
    "s.concept, sa.name, sa.type, e.subject_spans, c.predicate, o.concept, oa.name, oa.type, e.object_spans, a.id,"
    ' e.start, e."end", e.extractor, e.effect, e.negated, e.certainty, e.score, e.cues, e.why, e.section,'
    ' e.origin, substr(a.title || char(10) || a.abstract, e.start + 1, e."end" - e.start),'
    f" {cited.COLUMNS}"
)
SOURCE_FROM = (
    "evidence e JOIN article a ON a.key = e.article JOIN claim c ON c.key = e.claim"
    " JOIN argument sa ON sa.key = e.subject JOIN node s ON s.key = sa.node"
    " JOIN argument oa ON oa.key = e.object JOIN node o ON o.key = oa.node"
)
#: What `Reading` is made from, after the claim's row and predicate.
READINGS = (
    "SELECT c.key, c.predicate, e.key, e.id, a.id, a.cluster, a.cohort, a.year, a.design, a.n, a.retracted, e.section,"
    " e.effect, e.negated, e.certainty, e.score"
    " FROM claim c JOIN evidence e ON e.claim = c.key JOIN article a ON a.key = e.article"
)
READINGS_ORDER = "ORDER BY c.key, a.id, e.start, e.id"


def stale(connection: sqlite3.Connection) -> int:
    """Return how many claims' evidence changed since they were assembled."""
    (count,) = connection.execute("SELECT count(*) FROM claim WHERE fresh = 0").fetchone()
    return int(count)


def stale_keys(connection: sqlite3.Connection, *, after: int, limit: int) -> list[int]:
    """Return the rows of the next claims to assemble."""
    rows = connection.execute("SELECT key FROM claim WHERE fresh = 0 AND key > ? ORDER BY key LIMIT ?", (after, limit))
    return [key for (key,) in rows]


def readings(connection: sqlite3.Connection, keys: Sequence[int]) -> Iterator[tuple[int, str, Reading]]:
    """Yield (claim's row, predicate, reading) of claims, a claim's readings in a row and in content order."""
    rows = connection.execute(f"{READINGS} WHERE c.key IN {LISTED} {READINGS_ORDER}", (codec.dump(list(keys)),))
    for key, predicate, *rest in rows:
        yield key, predicate, Reading(*rest)


def readings_of(connection: sqlite3.Connection, claim_id: str) -> list[Reading]:
    """Return a claim's readings, retracted ones included, in content order."""
    rows = connection.execute(f"{READINGS} WHERE c.id = ? {READINGS_ORDER}", (claim_id,))
    return [Reading(*rest) for _, _, *rest in rows]


def write_assembled(connection: sqlite3.Connection, rows: Iterable[Sequence[object]]) -> None:
    """Write what assembly made of claims; the last value of a row is the claim's key."""
    connection.executemany(
        "UPDATE claim SET verdict = ?, belief = ?, opposed = ?, evidence = ?, articles = ?, studies = ?,"
        " patients_low = ?, patients_high = ?, retracted = ?, first_year = ?, last_year = ?, quote = ?, fresh = 1"
        " WHERE key = ?",
        rows,
    )


def name_nodes(connection: sqlite3.Connection) -> None:
    """Give every node its concept's name and type or, unlinked, the first of the names it was given."""
    connection.execute(
        """
        UPDATE node SET name = found.name, type = found.type FROM (
          SELECT node.key AS key, coalesce(concept.name, min(argument.name)) AS name,
            coalesce(concept.type, min(argument.type)) AS type
          FROM node JOIN argument ON argument.node = node.key LEFT JOIN concept ON concept.curie = node.concept
          GROUP BY node.key
        ) AS found
        WHERE found.key = node.key AND (node.name, node.type) <> (found.name, found.type)
        """
    )


def read(connection: sqlite3.Connection) -> Iterator[AssembledClaim]:
    """Yield every claim, sorted by subject, predicate and object ids.

    Subject by subject: sorted at once, all the claims of a store would be in memory together.
    """
    yield from _claims(connection, "ORDER BY s.id, c.predicate, o.id", (), tables=CLAIMS_BY_SUBJECT)


def ends(connection: sqlite3.Connection) -> Iterator[Argument]:
    """Yield what claims with standing evidence have at their ends, sorted by id."""
    rows = connection.execute(
        "SELECT n.concept, n.name, n.type FROM node n"
        " WHERE EXISTS (SELECT 1 FROM claim c WHERE c.subject = n.key AND c.evidence > 0)"
        " OR EXISTS (SELECT 1 FROM claim c WHERE c.object = n.key AND c.evidence > 0) ORDER BY n.id"
    )
    return (_end(*row) for row in rows)


def find(
    connection: sqlite3.Connection,
    *,
    subjects: Sequence[str] | None = None,
    predicates: Sequence[Predicate] = (),
    objects: Sequence[str] | None = None,
    verdicts: Sequence[str] = (),
    retracted: bool = False,
    limit: int = -1,
) -> list[AssembledClaim]:
    """Return the claims between these node ids, weightiest first; None and () leave an end open.

    With `retracted`, also those that only retracted articles state.
    """
    where: list[str] = ["(c.evidence > 0 OR c.retracted > 0)" if retracted else "c.evidence > 0"]
    values: list[str | int] = []
    asked = {column: ids for column, ids in (("subject", subjects), ("object", objects)) if ids is not None}
    broad = {column: roots for column, ids in asked.items() if (roots := hierarchy.broad(ids)) is not None}
    nodes = {column: hierarchy.nodes(connection, ids) for column, ids in asked.items() if column not in broad}
    # What is open, a broad topic or one single node has its first claims of a predicate by an index.
    one = len(asked) == 1 and len(next(iter(nodes.values()), ())) == 1
    planned = limit >= 0 and (one or len(broad) == len(asked))
    for column in asked:
        if column in broad:
            test = hierarchy.under if planned or len(broad) < len(asked) else hierarchy.among
            where.append(test(f"c.{column}", broad[column]))
            values += broad[column]
        else:
            keys = nodes[column]
            where.append(f"c.{column} = ?" if len(keys) == 1 else f"c.{column} IN {LISTED}")
            values.append(keys[0] if len(keys) == 1 else codec.dump(keys))
    if verdicts:
        # The plus keeps SQLite from the verdicts' index where that of an end is narrower.
        where.append(f"{'+' if nodes else ''}c.verdict IN ({hierarchy.marks(verdicts)})")
        values += verdicts
    # Named in full, they let the index on both ends be used, or with open ends that of the ranks.
    wanted = predicates or (tuple(Predicate) if planned or len(asked) != 1 else ())
    if planned:
        keys = _first(connection, where, values, broad, wanted, limit)
        return list(_claims(connection, f"WHERE c.key IN {LISTED} ORDER BY {RANK} LIMIT ?", (codec.dump(keys), limit)))
    if wanted:
        where.append(f"c.predicate IN ({hierarchy.marks(wanted)})")
        values += [str(predicate) for predicate in wanted]
    # Only keys are sorted; names are joined to what is shown.
    return list(_claims(connection, f"WHERE c.key IN ({_ranked(where)}) ORDER BY {RANK}", (*values, limit)))


def _ranked(where: Sequence[str]) -> str:
    """Return the query for the keys of the first claims that meet all conditions; the last parameter is how many."""
    return f"SELECT c.key FROM claim c WHERE {' AND '.join(where)} ORDER BY {RANK} LIMIT ?"  # noqa: S608 (constants)


def _first(
    connection: sqlite3.Connection,
    where: Sequence[str],
    values: Sequence[str | int],
    broad: Mapping[str, Sequence[str]],
    predicates: Sequence[Predicate],
    limit: int,
) -> list[int]:
    """Return rows among which are the first `limit` claims that meet all conditions; `broad` are the ends that are so.

    Where a topic has many claims of a predicate, the first are soon met on the way down the predicate's ranks; where
    it has few, they are gathered. `node_claims` tells which, so that neither takes more than thousands of rows.
    """
    counted = {column: _counts(connection, column, roots, predicates) for column, roots in broad.items()}
    found: list[int] = []
    few: list[str] = []
    for predicate in map(str, predicates):
        least = min((counts.get(predicate, 0) for counts in counted.values()), default=None)
        if least is None or least > FEW:
            rows = connection.execute(_ranked([*where, "c.predicate = ?"]), (*values, predicate, limit))
            found += [key for (key,) in rows]
        elif least:
            few.append(predicate)
    if few:
        column = min(counted, key=lambda end: sum(counted[end].get(predicate, 0) for predicate in few))
        rows = connection.execute(
            "SELECT c.key FROM topic_node t CROSS JOIN node_claims n ON n.node = t.node AND n.side = ?"  # noqa: S608
            f" CROSS JOIN claim c ON c.{column} = n.node AND c.predicate = n.predicate"
            f" WHERE t.topic IN ({hierarchy.marks(broad[column])}) AND n.predicate IN ({hierarchy.marks(few)})"
            f" AND {' AND '.join(where)} ORDER BY {RANK} LIMIT ?",
            (column, *broad[column], *few, *values, limit),
        )
        found += [key for (key,) in rows]
    return found


def _counts(
    connection: sqlite3.Connection, column: str, roots: Sequence[str], predicates: Sequence[Predicate]
) -> dict[str, int]:
    """Return how many claims have a node of a broad topic at this end, by predicate (twice those of two roots)."""
    rows = connection.execute(
        "SELECT n.predicate, sum(n.claims) FROM topic_node t CROSS JOIN node_claims n ON n.node = t.node AND n.side = ?"  # noqa: S608
        f" WHERE t.topic IN ({hierarchy.marks(roots)}) AND n.predicate IN ({hierarchy.marks(predicates)}) GROUP BY 1",
        (column, *roots, *map(str, predicates)),
    )
    return dict(rows.fetchall())


def of_articles(connection: sqlite3.Connection, articles: Sequence[str]) -> list[AssembledClaim]:
    """Return the claims that one of these articles states, sorted by id."""
    return list(
        _claims(
            connection,
            f"WHERE c.key IN (SELECT claim FROM evidence WHERE article IN {ARTICLES}) ORDER BY c.id",  # noqa: S608 (a constant)
            (codec.dump(list(articles)),),
        )
    )


def articles_of(connection: sqlite3.Connection, claim_id: str) -> list[str]:
    """Return the articles that state a claim and are not retracted, sorted."""
    rows = connection.execute(
        "SELECT DISTINCT a.id FROM claim c JOIN evidence e ON e.claim = c.key JOIN article a ON a.key = e.article"
        " WHERE c.id = ? AND NOT a.retracted ORDER BY a.id",
        (claim_id,),
    )
    return [id_ for (id_,) in rows]


def by_id(connection: sqlite3.Connection, prefix: str, *, limit: int = 20) -> list[AssembledClaim]:
    """Return the claims whose id begins so, sorted by id."""
    return list(
        _claims(connection, "WHERE c.id >= ? AND c.id < ? ORDER BY c.id LIMIT ?", (prefix, prefix + "~", limit))
    )


def by_ids(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, AssembledClaim]:
    """Return the claims with these ids, by id; those that are gone are left out."""
    return {claim.id: claim for claim in _claims(connection, f"WHERE c.id IN {LISTED}", (codec.dump(list(ids)),))}


def by_keys(connection: sqlite3.Connection, keys: Iterable[int]) -> dict[int, AssembledClaim]:
    """Return claims by their rows in this store's file; those that are gone are left out."""
    ids = dict(
        connection.execute(f"SELECT id, key FROM claim WHERE key IN {LISTED}", (codec.dump(sorted(keys)),)).fetchall()  # noqa: S608
    )
    return {ids[id_]: claim for id_, claim in by_ids(connection, sorted(ids)).items()}


def sources(connection: sqlite3.Connection, claim_ids: Sequence[str]) -> Iterator[Source]:
    """Yield the evidence of claims, sorted by claim, article and place."""
    listed = (codec.dump(list(claim_ids)),)
    yield from _sources(connection, f"WHERE c.id IN {LISTED} ORDER BY c.id, a.id, e.start, e.id", listed)


def all_sources(connection: sqlite3.Connection) -> Iterator[Source]:
    """Yield every evidence, sorted by article, place and id.

    Article by article: sorted at once, all the sentences of a store would be in memory together.
    """
    for (article,) in connection.execute("SELECT id FROM article ORDER BY id"):
        yield from article_sources(connection, article)


def article_sources(connection: sqlite3.Connection, article_id: str) -> Iterator[Source]:
    """Yield an article's evidence, sorted by place and id."""
    yield from _sources(connection, "WHERE a.id = ? ORDER BY e.start, e.id", (article_id,))


def quotes(connection: sqlite3.Connection, claims: Iterable[AssembledClaim]) -> list[Source]:
    """Return the evidence that shows each claim best, in the claims' order; a claim without any is left out."""
    return by_rows(connection, [claim.quote for claim in claims if claim.quote is not None])


def by_rows(connection: sqlite3.Connection, rows: Iterable[int]) -> list[Source]:
    """Return evidence by its rows in this store's file, which must be there, in their order."""
    return [next(_sources(connection, "WHERE e.key = ?", (row,))) for row in rows]


def _claims(
    connection: sqlite3.Connection, tail: str, values: tuple[object, ...], *, tables: str = CLAIM_FROM
) -> Iterator[AssembledClaim]:
    rows = connection.execute(f"SELECT {CLAIM_COLUMNS} FROM {tables} {tail}", values)  # noqa: S608 (constants)
    for subject, _, sname, stype, predicate, object_, _, oname, otype, id_, *summary in rows:
        claim = Claim(_end(subject, sname, stype), Predicate(predicate), _end(object_, oname, otype))
        yield AssembledClaim(claim, id_, *summary)


def _end(concept: str | None, name: str, type_: str) -> Argument:
    return Argument(concept, name, MentionType(type_) if type_ else MentionType.DISEASE)


def _sources(connection: sqlite3.Connection, tail: str, values: tuple[object, ...]) -> Iterator[Source]:
    rows = connection.execute(f"SELECT {SOURCE_COLUMNS} FROM {SOURCE_FROM} {tail}", values)  # noqa: S608 (constants)
    for row in rows:
        sc, sn, st, ss, predicate, oc, on, ot, os, article, start, end, extractor, effect, negated = row[:15]
        certainty, score, cues, why, section, origin, quote, *rest = row[15:]
        evidence = Evidence(
            article=article,
            claim=Claim(
                Argument(sc, sn, MentionType(st), codec.load_spans(ss)),
                Predicate(predicate),
                Argument(oc, on, MentionType(ot), codec.load_spans(os)),
            ),
            sentence=(start, end),
            extractor=extractor,
            effect=Effect(effect) if effect else None,
            negated=bool(negated),
            certainty=Certainty(certainty),
            score=score,
            cues=codec.load_cues(cues),
            why=why,
            origin=Origin(origin) if origin else None,
        )
        yield Source(evidence, quote, section, *cited.cited(rest))
