"""Reads a question as a person types it, so that the search box answers it and not only finds names."""

from __future__ import annotations

import re

from pipeline.web.rendering import url

#: A question's shape → (address, its groups' parameters). The first that fits the whole text is taken.
SHAPES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(shape, re.I), path)
    for shape, path in (
        (
            r"(?:what|which|anything)?.*?\bafter (?P<after>.+?)(?: (?:has |have |had )?fail(?:ed|s|ure)?)"
            r"(?: in (?P<disease>.+?))?\??",
            "/after-failure",
        ),
        (r"(?:after )?failure of (?P<after>.+?)(?: in (?P<disease>.+?))?\??", "/after-failure"),
        (r"(?:how (?:does|do|can) )(?P<from>.+?) (?:lead to|affect|act on|reach|cause) (?P<to>.+?)\??", "/path"),
        (r"(?:path|mechanism) from (?P<from>.+?) to (?P<to>.+?)\??", "/path"),
        (r"contradictions? (?:about|of|on|in) (?P<about>.+?)\??", "/contradictions"),
        (r"(?:courses?|treatment courses?) (?:of|in|for) (?P<condition>.+?)\??", "/courses"),
        (
            r"(?:what treats|treatments? (?:of|for)|how is) (?P<q>.+?)(?: treated)?\??",
            "/search",
        ),
    )
)


def address(typed: str) -> str | None:
    """Return the address of the page that answers a question; None for what is only a name."""
    for shape, path in SHAPES:
        if match := shape.fullmatch(typed.strip()):
            found = {name: value for name, value in match.groupdict().items() if value}
            return url(path, **found)
    return None
