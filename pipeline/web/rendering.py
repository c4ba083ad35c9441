"""The templates' environment: everything is escaped, what is missing is an error."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined

from graphs.answers import CourseSource, Source
from graphs.tables.table import pubmed
from pipeline import cells
from pipeline.web import assets, highlight

#: Verdicts by how they are coloured; that a harm or a mechanism is stated is neither good nor bad.
TONES = {
    **dict.fromkeys(("effective", "improved"), "good"),
    **dict.fromkeys(("ineffective", "worsened", "no_benefit"), "bad"),
    **dict.fromkeys(("mixed", "no_difference", "denied"), "open"),
    "retracted": "retracted",
}


def environment() -> Environment:
    """Return the environment with the filters that the templates use."""
    made = Environment(
        loader=PackageLoader("pipeline.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    made.filters |= {
        "words": words,
        "slug": slug,
        "tone": tone,
        "share": share,
        "span": cells.span,
        "quoted": highlight.quoted,
        "reported": highlight.reported,
        "thousands": lambda number: f"{number:,}",
    }
    made.globals |= {"url": url, "pubmed": address, "static": assets.address()}
    return made


def url(path: str, **parameters: object) -> str:
    """Return an address with those parameters that say something; a tuple gives several of one name."""
    given = [
        (name.rstrip("_"), str(value))
        for name, values in parameters.items()
        for value in (values if isinstance(values, tuple | list) else (values,))
        if value not in ("", None, False)
    ]
    return f"{path}?{urlencode(given)}" if given else path


def words(value: object) -> str:
    """Return a value of the guidelines as a person would write it: "no difference" for no_difference."""
    return str(value).replace("_", " ")


def slug(value: object) -> str:
    """Return a text as part of a class name."""
    return re.sub(r"[^a-z0-9]+", "-", str(value).lower()).strip("-")


def tone(verdict: object) -> str:
    """Return how a verdict is coloured: good, bad, open, retracted or plain."""
    return TONES.get(str(verdict), "plain")


def share(value: float) -> str:
    """Return a belief with two places."""
    return f"{value:.2f}"


def address(source: Source | CourseSource) -> str | None:
    """Return where PubMed shows an article; None for a record that PubMed does not have."""
    return None if source.synthetic else pubmed(source.pmid)
