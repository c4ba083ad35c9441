"""Plots as SVG, drawn by hand and so equal to the byte: response to treatments, evidence over time."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from graphs.tables.summary import Finding

#: Pixels.
ROW, LEFT, PLOT, RIGHT, TOP = 26, 260, 420, 190, 60
INK, SOFT, FILL = "#222", "#bbb", "#2b6ca3"


def forest(condition: str, findings: Iterable[Finding]) -> str:
    """Return the response of each treatment with Wilson's 95% interval; the square grows with the patients."""
    rows = [f for f in findings if f.proportion is not None]
    height = TOP + ROW * max(1, len(rows)) + 50
    width = LEFT + PLOT + RIGHT
    parts = [_text(12, 24, f"Response to treatment: {condition}", size=16, weight="bold")]
    base = TOP + ROW * max(1, len(rows))
    for tenth in range(0, 11, 2):
        x = LEFT + PLOT * tenth / 10
        parts.append(_line(x, TOP - 8, x, base, SOFT))
        parts.append(_text(x, base + 18, f"{tenth * 10}%", anchor="middle"))
    for place, row in enumerate(rows):
        y = TOP + ROW * place + ROW / 2
        low, middle, high = (LEFT + PLOT * (value or 0.0) for value in (row.low, row.proportion, row.high))
        side = 5 + min(9, (row.patients_low or 0) ** 0.5 / 2)
        parts += [
            *_label(row, y, condition),
            _line(low, y, high, y, INK),
            f'<rect x="{middle - side / 2:.1f}" y="{y - side / 2:.1f}" width="{side:.1f}" height="{side:.1f}"'
            f' fill="{FILL}"/>',
            _text(LEFT + PLOT + 12, y + 4, f"{row.responders_low}/{row.counted_low}, {_interval(row)}"),
        ]
    if not rows:
        parts.append(_text(LEFT, TOP + 16, "no course tells both patients and responders"))
    parts.append(_text(12, base + 38, "Each cohort once; reviews left out; Wilson 95% interval.", size=11))
    return _svg(width, height, parts, f"Response to treatment in {condition}")


def timeline(title: str, years: Sequence[tuple[int, int, int]]) -> str:
    """Return bars of articles by year, (year, for, against) each; what speaks against hangs below the line."""
    first, last = (years[0][0], years[-1][0]) if years else (0, 0)
    most = max((max(up, down) for _, up, down in years), default=1) or 1
    step = 22
    width, middle = 60 + step * (last - first + 1) + 20, 150
    parts = [_text(12, 24, title, size=16, weight="bold"), _line(50, middle, width - 10, middle, INK)]
    for year, up, down in years:
        x = 50 + step * (year - first)
        for count, colour, below in ((up, FILL, False), (down, "#b3502e", True)):
            tall = 90 * count / most
            y = middle if below else middle - tall
            parts.append(f'<rect x="{x}" y="{y:.1f}" width="{step - 6}" height="{tall:.1f}" fill="{colour}"/>')
        if (year - first) % 5 == 0:
            parts.append(_text(x + 8, 262, str(year), anchor="middle", size=11))
    parts.append(_text(12, 290, f"Articles by year; below the line: against. Tallest bar {most}.", size=11))
    return _svg(max(width, 480), 300, parts, title)


def _label(row: Finding, y: float, condition: str) -> list[str]:
    """Return the treatment's name and, of a kind of the condition, the kind's below it."""
    if row.condition.casefold() in {"", condition.casefold()}:
        return [_text(12, y + 4, _cut(row.treatment, 36))]
    return [_text(12, y, _cut(row.treatment, 36)), _text(12, y + 11, _cut(f"in {row.condition}", 48), size=10)]


def _cut(text: str, letters: int) -> str:
    return text if len(text) <= letters else text[: letters - 1] + "…"


def _interval(row: Finding) -> str:
    return f"{100 * (row.proportion or 0):.0f}% ({100 * (row.low or 0):.0f}–{100 * (row.high or 0):.0f})"


def _text(x: float, y: float, text: str, *, size: int = 13, weight: str = "normal", anchor: str = "start") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" text-anchor="{anchor}" fill="{INK}">'
        f"{html.escape(text)}</text>"
    )


def _line(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"/>'


def _svg(width: float, height: float, parts: Iterable[str], title: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" font-family="sans-serif" role="img">'
        f"<title>{html.escape(title)}</title>\n"
        f'<rect width="100%" height="100%" fill="#fff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )
