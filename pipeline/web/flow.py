"""Lines of therapy drawn as a flow: why the first drug ended, what was given next, what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from graphs import course_facts
from graphs.answers import CourseSource

#: Pixels: columns' left edges, a node's width, the drawing's height, the room between nodes and above them.
COLUMNS, WIDTH, HEIGHT, GAP, TOP = (0, 330, 760), 14, 380, 12, 40
#: Treatments drawn; the rest are one node.
SHOWN = 9
OTHERS = "other treatments"
OUTCOMES = ("improved", "mixed", "no_benefit", "worsened", "not_stated")


@dataclass(frozen=True, slots=True)
class Node:
    """A bar: what it stands for and how many courses."""

    name: str
    column: int
    x: float
    y: float
    height: float
    count: int


@dataclass(frozen=True, slots=True)
class Band:
    """A band from one bar to another, as the path of an SVG."""

    path: str
    tone: str
    title: str


@dataclass(frozen=True, slots=True)
class Flow:
    """The drawing's bars and bands."""

    nodes: tuple[Node, ...]
    bands: tuple[Band, ...]
    height: float = TOP + HEIGHT + 10


def draw(found: Iterable[CourseSource]) -> Flow | None:
    """Return the flow of courses, None for none. Each course counts once, whatever its patients."""
    steps = [
        (
            source.course.prior_reason or "reason not stated",
            course_facts.treatment(source.course) or "not stated",
            source.course.outcome,
        )
        for source in found
    ]
    if not steps:
        return None
    common = [name for name, _ in Counter(given for _, given, _ in steps).most_common(SHOWN)]
    steps = [(why, given if given in common else OTHERS, outcome) for why, given, outcome in steps]
    columns = [
        _ordered(Counter(step[0] for step in steps), ()),
        _ordered(Counter(step[1] for step in steps), (*common, OTHERS)),
        _ordered(Counter(step[2] for step in steps), OUTCOMES),
    ]
    unit = min((HEIGHT - GAP * (len(column) - 1)) / len(steps) for column in columns)
    nodes: dict[tuple[int, str], Node] = {}
    for place, column in enumerate(columns):
        y = float(TOP)
        for name, count in column:
            nodes[place, name] = Node(name, place, COLUMNS[place], y, unit * count, count)
            y += unit * count + GAP
    return Flow(tuple(nodes.values()), tuple(_bands(steps, nodes, unit)))


def _ordered(counted: Counter[str], order: tuple[str, ...]) -> list[tuple[str, int]]:
    place = {name: number for number, name in enumerate(order)}
    return sorted(counted.items(), key=lambda item: (place.get(item[0], 99), -item[1], item[0]))


def _bands(steps: list[tuple[str, str, str]], nodes: dict[tuple[int, str], Node], unit: float) -> Iterable[Band]:
    """Yield the bands, those of one bar below each other in the order of the bars they lead to."""
    for column in (0, 1):
        links = Counter((step[column], step[column + 1]) for step in steps)
        order = {name: number for number, (place, name) in enumerate(nodes) if place in (column, column + 1)}
        left = {node.name: node.y for node in nodes.values() if node.column == column}
        right = {node.name: node.y for node in nodes.values() if node.column == column + 1}
        starts: dict[tuple[str, str], float] = {}
        for start, end in sorted(links, key=lambda link: (order[link[0]], order[link[1]])):
            starts[start, end] = left[start]
            left[start] += unit * links[start, end]
        for start, end in sorted(links, key=lambda link: (order[link[1]], order[link[0]])):
            thick = unit * links[start, end]
            y0, y1 = starts[start, end], right[end]
            right[end] += thick
            x0, x1 = COLUMNS[column] + WIDTH, COLUMNS[column + 1]
            middle = (x0 + x1) / 2
            path = (
                f"M{x0} {y0:.1f}C{middle} {y0:.1f} {middle} {y1:.1f} {x1} {y1:.1f}V{y1 + thick:.1f}"
                f"C{middle} {y1 + thick:.1f} {middle} {y0 + thick:.1f} {x0} {y0 + thick:.1f}Z"
            )
            tone = end if column == 1 else "given"
            yield Band(path, tone, f"{start} to {end}: {links[start, end]}".replace("_", " "))
