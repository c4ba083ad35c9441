"""Claims and their evidence: what assembly reads and writes, and what the questions look up."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from extractors.records import Argument, Certainty, Claim, Effect, Evidence, MentionType, Origin, Predicate, StudyDesign
from graphs.answers import AssembledClaim, Reading, Source
from graphs.store import codec, walks
from graphs.store.walks import LISTED

#: The order in which claims are shown; the indexes of migration 2 have it.
RANK = "c.weight DESC, c.articles DESC, c.id"
#: Nodes of a topic from which on its claims are looked for on the way down the ranked claims.
MANY = 2000
#: A JSON list of article ids as rows.
ARTICLES = f"(SELECT key FROM article WHERE id IN {LISTED})"  # noqa: S608 (a constant)
#: Whether a claim has one of the nodes `:about` (a JSON list of rows, NULL for any) at an end.
ABOUT = (
    "(:about IS NULL OR c.subject IN (SELECT value FROM json_each(:about))"
    " OR c.object IN (SELECT value FROM json_each(:about)))"
)
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
    ' substr(a.title || char(10) || a.abstract, e.start + 1, e."end" - e.start), a.year, a.journal, a.design, a.n,'
    " a.retracted, a.concern, a.corrected, a.synthetic, a.cluster, a.cohort, a.title, a.doi, e.origin"
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
    for column, ids in (("subject", subjects), ("object", objects)):
        if ids is not None and len(ids) > MANY:
            # So broad a topic is met soon on the way down the ranked claims; gathering all of its claims is slower.
            where.append(f"(SELECT id FROM node WHERE key = c.{column}) IN {LISTED}")  # noqa: S608 (constants)
            values.append(codec.dump(list(ids)))
        elif ids is not None:
            keys = walks.nodes(connection, ids)
            where.append(f"c.{column} = ?" if len(keys) == 1 else f"c.{column} IN {LISTED}")
            values.append(keys[0] if len(keys) == 1 else codec.dump(keys))
    if verdicts:
        where.append(f"c.verdict IN {LISTED}")
        values.append(codec.dump(list(verdicts)))
    # Named in full, they let the index on both ends be used, or with open ends that of the ranks.
    wanted = predicates or (tuple(Predicate) if (subjects is None) == (objects is None) else ())
    if wanted and limit >= 0 and all(ids is None or len(ids) > MANY for ids in (subjects, objects)):
        # The ranks are indexed within a predicate: the first of each are met soon, and few are left to sort.
        one = f"SELECT key FROM ({_ranked([*where, 'c.predicate = ?'])})"  # noqa: S608 (constants)
        values = [value for predicate in wanted for value in (*values, str(predicate), limit)]
        where = [f"c.key IN ({' UNION ALL '.join([one] * len(wanted))})"]
    elif wanted:
        where.append(f"c.predicate IN ({', '.join('?' * len(wanted))})")
        values += [str(predicate) for predicate in wanted]
    # Only keys are sorted; names are joined to what is shown.
    return list(_claims(connection, f"WHERE c.key IN ({_ranked(where)}) ORDER BY {RANK}", (*values, limit)))


def _ranked(where: Sequence[str]) -> str:
    """Return the query for the keys of the first claims that meet all conditions; the last parameter is how many."""
    return f"SELECT c.key FROM claim c WHERE {' AND '.join(where)} ORDER BY {RANK} LIMIT ?"  # noqa: S608 (constants)


def contested(
    connection: sqlite3.Connection, *, least: float, about: Sequence[str] | None = None, limit: int = -1
) -> list[AssembledClaim]:
    """Return the claims believed and opposed at least so much, all or with one of these nodes at an end."""
    rows = connection.execute(
        f"SELECT c.key FROM claim c WHERE c.belief >= :least AND c.opposed >= :least AND c.opposed > 0 AND {ABOUT}"  # noqa: S608
        " ORDER BY min(c.belief, c.opposed) DESC, c.id LIMIT :limit",
        {"least": least, "about": _about(connection, about), "limit": limit},
    )
    keys = codec.dump([key for (key,) in rows])
    return list(_claims(connection, f"WHERE c.key IN {LISTED} ORDER BY c.id", (keys,)))


def opposite_pairs(
    connection: sqlite3.Connection, *, least: float, about: Sequence[str] | None = None, limit: int = -1
) -> list[tuple[AssembledClaim, AssembledClaim]]:
    """Return the pairs of claims that the same thing increases and decreases the same other thing."""
    rows = connection.execute(
        "SELECT c.id, down.id FROM claim c JOIN claim down ON down.subject = c.subject AND down.object = c.object"  # noqa: S608
        " AND down.predicate = 'decreases' WHERE c.predicate = 'increases' AND c.verdict = 'stated'"
        f" AND down.verdict = 'stated' AND c.belief >= :least AND down.belief >= :least AND {ABOUT}"
        " ORDER BY min(c.belief, down.belief) DESC, c.id LIMIT :limit",
        {"least": least, "about": _about(connection, about), "limit": limit},
    ).fetchall()
    found = by_ids(connection, [id_ for pair in rows for id_ in pair])
    return [(found[up], found[down]) for up, down in rows]


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
    """Return the evidence that shows each claim best, in the claims' order."""
    rows = [claim.quote for claim in claims if claim.quote is not None]
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
        certainty, score, cues, why, section, quote, year, journal, design, n, retracted, concern = row[15:27]
        corrected, synthetic, cluster, cohort, title, doi, origin = row[27:]
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
        yield Source(
            evidence,
            quote,
            section,
            year,
            journal,
            StudyDesign(design),
            n,
            bool(retracted),
            bool(concern),
            bool(corrected),
            bool(synthetic),
            cluster,
            cohort,
            title,
            doi,
        )


def _about(connection: sqlite3.Connection, ids: Sequence[str] | None) -> str | None:
    return None if ids is None else codec.dump(walks.nodes(connection, ids))
