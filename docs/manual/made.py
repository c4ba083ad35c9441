"""Pages of the manual that are in no folder: made from code, or of a source outside docs/."""

from __future__ import annotations

from docs.manual import reference

#: Page → what makes it when the site is built, so that it is never older than the code.
MADE = {
    "reference/commands.md": reference.commands,
    "reference/settings.md": reference.settings,
    "reference/tools.md": reference.tools,
}
#: Page → its source, from the root of the repository.
ELSEWHERE = {"model-card.md": "extractors/models/MODEL_CARD.md", "changelog.md": "CHANGELOG.md"}
