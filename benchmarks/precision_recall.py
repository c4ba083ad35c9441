"""Draw precision against recall of the claims at each lower limit of their score, from what `sicca evaluate` prints.

    sicca evaluate ../shared/gold/dev.jsonl --config benchmarks/every_score.toml --json > every.json
    sicca evaluate ../shared/gold/dev.jsonl --json > default.json
    python benchmarks/precision_recall.py every.json default.json -o docs/precision_recall.svg

The same figures give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

#: The picture and the plot in it, in pixels.
WIDTH, HEIGHT = 640, 440
LEFT, TOP, RIGHT, BOTTOM = 64, 40, 616, 388
STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #333 }
  .small { font-size: 11px; fill: #555 }
  .grid { stroke: #ddd; stroke-width: 1 }
  .axis { stroke: #666; stroke-width: 1 }
  .curve { fill: none; stroke: #1f5fa8; stroke-width: 2 }
  .dot { fill: #1f5fa8 }
  .default { fill: #c2410c }
  @media (prefers-color-scheme: dark) {
    text { fill: #ddd } .small { fill: #bbb } .grid { stroke: #444 } .axis { stroke: #999 }
    .curve { stroke: #7ab3f0 } .dot { fill: #7ab3f0 } .default { fill: #fb923c } .paper { fill: #161616 }
  }
"""

#: (lower limit of the score, precision, recall)
Point = tuple[float, float, float]


def points(report: dict[str, dict[str, dict[str, float]]]) -> list[Point]:
    """Return the points of a report's `by_min_score` at which anything is claimed, from the lowest limit up."""
    rows = sorted((float(limit), s) for limit, s in report["by_min_score"].items())
    return [(limit, s["p"], s["r"]) for limit, s in rows if s["tp"] + s["fp"] > 0]


def at(precision: float, recall: float) -> tuple[float, float]:
    """Return the place of a precision and a recall in the picture."""
    return LEFT + recall * (RIGHT - LEFT), BOTTOM - precision * (BOTTOM - TOP)


def draw(curve: Sequence[Point], default: tuple[float, float]) -> str:
    """Return the picture; `default` is precision and recall with each predicate's own threshold."""
    return "\n".join(_lines(curve, default)) + "\n"


def _lines(curve: Sequence[Point], default: tuple[float, float]) -> Iterator[str]:
    title = "Precision and recall of claims at lower limits of their score"
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'role="img" aria-label="{title}">'
    )
    yield f"<title>{title}</title>\n<style>{STYLE}</style>"
    yield f'<rect class="paper" width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
    yield f'<text x="{LEFT}" y="24">{title} (gold dev, relaxed)</text>'
    for step in range(11):
        x, y = at(step / 10, step / 10)
        kind = "axis" if step == 0 else "grid"
        yield f'<line class="{kind}" x1="{LEFT}" y1="{y:.1f}" x2="{RIGHT}" y2="{y:.1f}"/>'
        yield f'<line class="{kind}" x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{BOTTOM}"/>'
        if step % 2 == 0:
            yield f'<text class="small" x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{step / 10:.1f}</text>'
            yield f'<text class="small" x="{x:.1f}" y="{BOTTOM + 18}" text-anchor="middle">{step / 10:.1f}</text>'
    yield f'<text x="{(LEFT + RIGHT) / 2}" y="{HEIGHT - 12}" text-anchor="middle">recall</text>'
    middle = (TOP + BOTTOM) / 2
    yield f'<text x="20" y="{middle}" text-anchor="middle" transform="rotate(-90 20 {middle})">precision</text>'
    places = [(limit, *at(p, r)) for limit, p, r in curve]
    yield f'<polyline class="curve" points="{" ".join(f"{x:.1f},{y:.1f}" for _, x, y in places)}"/>'
    for limit, x, y in places:
        yield f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="3"/>'
        if round(limit * 100) % 10 == 0:
            yield f'<text class="small" x="{x + 7:.1f}" y="{y - 6:.1f}">{limit:.1f}</text>'
    x, y = at(*default)
    yield f'<circle class="default" cx="{x:.1f}" cy="{y:.1f}" r="5"/>'
    yield f'<text class="small" x="{x - 9:.1f}" y="{y + 16:.1f}" text-anchor="end">default thresholds</text>'
    yield "</svg>"


@click.command()
@click.argument("every", type=click.Path(exists=True, path_type=Path))
@click.argument("default", type=click.Path(exists=True, path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True)
def main(every: Path, default: Path, out: Path) -> None:
    """Draw the curve of EVERY and the point of DEFAULT."""
    usual = json.loads(default.read_text(encoding="utf-8"))["relaxed"]
    curve = points(json.loads(every.read_text(encoding="utf-8")))
    out.write_text(draw(curve, (usual["p"], usual["r"])), encoding="utf-8")
    print(f"{len(curve)} limits → {out}")


if __name__ == "__main__":
    main()
