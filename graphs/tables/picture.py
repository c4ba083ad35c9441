"""Plots as PNG: the SVG drawn by resvg with a font of our own, so that the same plot is the same bytes everywhere.

We chose resvg, one wheel without system libraries, over Cairo, which wants its library installed, and over matplotlib,
which would draw every plot a second time.
"""

from __future__ import annotations

from importlib.resources import as_file, files

from graphs.exports.extras import load

#: Dots for each pixel of the SVG: a plot 870 pixels wide prints at 300 dots an inch on 15 cm.
ZOOM = 2
FONT = "DejaVu Sans"


def png(drawing: str) -> bytes:
    """Return an SVG of `graphs.tables.plots` as PNG; raises SiccaError where resvg is not installed."""
    resvg = load("resvg_py", extra="tables")
    with as_file(files("graphs.tables.fonts").joinpath("DejaVuSans.ttf")) as font:
        return bytes(
            resvg.svg_to_bytes(
                svg_string=drawing,
                zoom=ZOOM,
                skip_system_fonts=True,
                font_files=[str(font)],
                font_family=FONT,
                sans_serif_family=FONT,
            )
        )
