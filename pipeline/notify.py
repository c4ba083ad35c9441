"""Runs the config's `notify.command` with a run's report."""

from __future__ import annotations

import logging
import subprocess
from collections.abc import Sequence
from pathlib import Path

#: Seconds that the command may take.
TIMEOUT = 120.0

log = logging.getLogger("sicca")


def notify(command: Sequence[str], report: Path) -> bool:
    """Run the command with the report's path as its last argument; returns whether it went well.

    A failure is logged and nothing else: the run is done whether or not somebody hears of it.
    """
    try:
        done = subprocess.run(  # noqa: S603 (the user's own command, without a shell)
            [*command, str(report.absolute())], capture_output=True, text=True, timeout=TIMEOUT, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        log.warning("notify.command: %s could not be run: %s", command[0], error)
        return False
    if done.returncode:
        said = " ".join((done.stderr or done.stdout).split())[:200]
        log.warning("notify.command: %s ended with status %d: %s", command[0], done.returncode, said)
    return done.returncode == 0
