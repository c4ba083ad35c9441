"""What mkdocs is told beyond mkdocs.yml: pages made from code, and pages whose source stands outside docs/."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

from docs.manual.made import ELSEWHERE, MADE

ROOT = Path(__file__).parent.parent.parent
#: A link to a file outside docs/: [text](../path).
OUTSIDE = re.compile(r"\[([^\]]+)\]\((?:\.\./)+([^)#\s]+)(#[^)\s]+)?\)")


def on_files(files: Files, config: Any) -> Files:
    """Add the pages that are made or stand elsewhere."""
    for page, make in MADE.items():
        files.append(File.generated(config, page, content=make()))
    for page, source in ELSEWHERE.items():
        files.append(File.generated(config, page, content=(ROOT / source).read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Lead links out of docs/ to the page made of the file, or, where there is none, name the file."""
    folder = Path("docs", page.file.src_uri).parent

    def instead(link: re.Match[str]) -> str:
        target = (ROOT / folder / link[0].partition("](")[2].rstrip(")").partition("#")[0]).resolve()
        if not target.is_relative_to(ROOT) or target.is_relative_to(ROOT / "docs"):
            return link[0]
        source = target.relative_to(ROOT).as_posix()
        made = next((name for name, origin in ELSEWHERE.items() if origin == source), None)
        up = "../" * page.file.src_uri.count("/")
        return f"[{link[1]}]({up}{made}{link[3] or ''})" if made else f"{link[1]} (`{source}`)"

    return OUTSIDE.sub(instead, markdown)
