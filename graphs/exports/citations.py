"""The cited papers for reference managers: RIS, BibTeX and CSL-JSON."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from extractors.records import Article
from graphs.store import reads

#: Characters that BibTeX and LaTeX would act on.
LATEX = str.maketrans(
    {
        "&": "\\&", "%": "\\%", "$": "\\$", "#": "\\#", "_": "\\_", "{": "\\{", "}": "\\}", "~": "\\textasciitilde{}",
        "^": "\\textasciicircum{}", "\\": "\\textbackslash{}",
    }
)  # fmt: skip


def write_ris(connection: sqlite3.Connection, path: Path) -> tuple[Path, ...]:
    """Write the articles that claims rest on as RIS."""
    path.write_text(ris_text(cited(connection)), encoding="utf-8")
    return (path,)


def ris_text(articles: Iterable[Article]) -> str:
    """Return articles as RIS."""
    return "".join(map(_ris, articles))


def write_bibtex(connection: sqlite3.Connection, path: Path) -> tuple[Path, ...]:
    """Write the articles that claims rest on as BibTeX (UTF-8)."""
    path.write_text("\n".join(_bibtex(article) for article in cited(connection)), encoding="utf-8")
    return (path,)


def write_csl(connection: sqlite3.Connection, path: Path) -> tuple[Path, ...]:
    """Write the articles that claims rest on as CSL-JSON."""
    items = [_csl(article) for article in cited(connection)]
    path.write_text(json.dumps(items, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return (path,)


def cited(connection: sqlite3.Connection) -> Iterator[Article]:
    """Yield the articles with evidence or courses, sorted by id."""
    for id_ in reads.cited_ids(connection):
        article = reads.article(connection, id_)
        if article is not None:
            yield article


def _ris(article: Article) -> str:
    first, _, last = (article.pages or "").partition("-")
    fields: list[tuple[str, str | None]] = [("TY", "JOUR"), ("TI", article.title)]
    fields += [("AU", _name(a.family, a.given or a.initials) or a.collective) for a in article.authors]
    fields += [
        ("PY", str(article.year) if article.year else None),
        ("JO", article.journal),
        ("JA", article.journal_abbreviation),
        ("VL", article.volume),
        ("IS", article.issue),
        ("SP", first),
        ("EP", last),
        ("DO", article.doi),
        ("AN", article.pmid),
        ("AB", article.abstract),
        *(("N1", note) for note in _notes(article)),
    ]
    fields += [("KW", keyword) for keyword in article.keywords]
    lines = [f"{tag}  - {_one_line(value)}" for tag, value in fields if value]
    return "\n".join([*lines, "ER  - "]) + "\n\n"


def _bibtex(article: Article) -> str:
    authors = " and ".join(
        _tex(_name(a.family, a.given or a.initials)) if a.family else f"{{{_tex(a.collective)}}}"
        for a in article.authors
    )
    fields: dict[str, str | None] = {
        "title": f"{{{_tex(article.title)}}}",
        "author": authors,
        "journal": _tex(article.journal or ""),
        "year": str(article.year) if article.year else None,
        "volume": _tex(article.volume or ""),
        "number": _tex(article.issue or ""),
        "pages": _tex((article.pages or "").replace("-", "--")),
        "doi": article.doi,
        "pmid": article.pmid,
        "note": _tex("; ".join(_notes(article))),
    }
    lines = [f"  {key} = {{{value}}}," for key, value in fields.items() if value]
    key = article.id.replace(":", "").replace(",", "")
    return "\n".join([f"@article{{{key},", *lines, "}"]) + "\n"


def _csl(article: Article) -> dict[str, object]:
    fields: dict[str, object | None] = {
        "id": article.id,
        "type": "article-journal",
        "title": article.title,
        "author": [
            {"family": a.family, "given": a.given or a.initials} if a.family else {"literal": a.collective}
            for a in article.authors
        ],
        "issued": {"date-parts": [_date_parts(article)]} if article.year else None,
        "container-title": article.journal,
        "container-title-short": article.journal_abbreviation,
        "volume": article.volume,
        "issue": article.issue,
        "page": article.pages,
        "DOI": article.doi,
        "PMID": article.pmid,
        "PMCID": article.pmcid,
        "note": "; ".join(_notes(article)) or None,
    }
    return {key: value for key, value in fields.items() if value}


def _date_parts(article: Article) -> list[int]:
    parts = [int(part) for part in (article.publication_date or "").split("-") if part.isdigit()]
    return parts or [article.year or 0]


def _notes(article: Article) -> tuple[str, ...]:
    marks = (("synthetic record", article.synthetic), ("RETRACTED", article.retracted), ("concern", article.concern))
    return tuple(text for text, given in marks if given)


def _name(family: str, given: str) -> str:
    return ", ".join(part for part in (family, given) if part)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _tex(text: str) -> str:
    return _one_line(text).translate(LATEX)
