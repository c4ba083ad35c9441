"""What E-utilities answer: results, and the many ways in which a status of 200 is not one."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass

from lxml import etree

from extractors.errors import InputError
from pipeline.fetch import medline
from pipeline.fetch.citation_ids import pmid_text
from pipeline.fetch.citation_text import text_of

#: Errors that asking again does not mend; all others of NCBI's are worth another try.
FINAL_ERRORS = ("api key invalid", "empty term", "invalid db name", "invalid uid", "unsupported")
#: What NCBI says of a history (WebEnv, query_key) that it has dropped.
EXPIRED_ERRORS = ("unable to obtain query", "webenv", "query_key", "history")
#: EFetch's way of saying that it knows none of the ids.
NO_IDS = b"id list is empty"


class TransientError(Exception):
    """An answer, or none, that may be better next time; `retry_after` in seconds where the server said when."""

    def __init__(self, reason: str, *, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class UnreachableError(TransientError):
    """The server's name is unknown or nothing listens there: not worth many tries."""


class RefusedError(Exception):
    """An answer that will be the same next time."""


class ExpiredError(Exception):
    """The history server has dropped the search."""


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """One ESearch answer: how many there are, which of them it names, where the history server keeps them."""

    count: int
    pmids: tuple[str, ...]
    web_env: str
    query_key: str
    translation: str
    #: Phrases not found, fields unknown: a query with a typing error finds less and says so only here.
    warnings: tuple[str, ...]


def read_search(body: bytes) -> SearchAnswer:
    """Return what ESearch found; raises TransientError or RefusedError where the body is no result."""
    try:
        root = _root(body)
    except ExpiredError as error:  # a search depends on no earlier one
        raise TransientError(str(error)) from error
    if root.tag != "eSearchResult" or root.find("Count") is None:
        raise TransientError(f"ESearch answered <{root.tag}> without a count")
    warnings = tuple(
        f"{child.tag}: {' '.join((child.text or '').split())}"
        for place in ("ErrorList/*", "WarningList/*")
        for child in root.iterfind(place)
        if child.text
    )
    pmids = tuple(map(pmid_text, root.iterfind("IdList/Id")))
    if not all(pmids):
        raise TransientError("ESearch named a PMID that is none")
    return SearchAnswer(
        _count(root),
        pmids,
        (root.findtext("WebEnv") or "").strip(),
        (root.findtext("QueryKey") or "").strip(),
        (root.findtext("QueryTranslation") or "").strip(),
        warnings,
    )


def read_records(body: bytes) -> tuple[medline.Item, ...]:
    """Return the records that EFetch sent; raises TransientError, RefusedError or ExpiredError where it sent none."""
    try:
        return tuple(medline.read(io.BytesIO(body)))
    except InputError as error:
        if NO_IDS in body[:2000].lower():
            return ()
        # Either another document than records, which says why itself, or records cut off.
        root = _root(body)
        raise TransientError(f"EFetch answered <{root.tag}>: {error}") from error


def _root(body: bytes) -> etree._Element:
    """Return the root of a well-formed answer that reports no error."""
    start = body[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start:
        raise TransientError("an empty answer")
    if start.startswith(b"{"):
        raise of_message(_json_error(body))
    if start.startswith((b"<!doctype html", b"<html")):
        raise TransientError("a web page instead of XML")
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise TransientError(f"an answer cut off or damaged after {len(body)} bytes") from error
    message = root if root.tag == "ERROR" else root.find("ERROR")
    if message is not None:
        raise of_message(text_of(message))
    return root


def of_message(message: str) -> Exception:
    """Return what an error in NCBI's words means: final, a forgotten history, or worth another try."""
    text = message.lower()
    if any(known in text for known in FINAL_ERRORS):
        return RefusedError(message)
    if any(known in text for known in EXPIRED_ERRORS):
        return ExpiredError(message)
    return TransientError(f"it says {message!r}")


def _json_error(body: bytes) -> str:
    """Return the error of a JSON answer; its other fields can hold the API key and are left out."""
    try:
        answer = json.loads(body)
    except ValueError:
        return "JSON cut off"
    result = answer.get("esearchresult", answer)
    return str(result.get("error") or result.get("ERROR") or "JSON instead of XML")


def _count(root: etree._Element) -> int:
    text = (root.findtext("Count") or "").strip()
    if not text.isdecimal():
        raise TransientError(f"ESearch counted {text!r}")
    return int(text)
