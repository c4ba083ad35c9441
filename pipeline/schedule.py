"""The files that make a scheduler run a config: systemd's service and timer, a crontab line, a GitHub workflow."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass
from string import Template

from extractors.errors import ConfigError

#: When it runs: (systemd OnCalendar, five cron fields). Not at a full hour, when everybody's jobs start.
TIMES = {"day": ("*-*-* 03:17:00", "17 3 * * *"), "week": ("Mon *-*-* 03:17:00", "17 3 * * 1")}

SERVICE = """\
[Unit]
Description=sicca run $name
Documentation=man:systemd.service(5)
After=network-online.target
Wants=network-online.target

[Service]
Type=oneshot
WorkingDirectory=$folder
# NCBI_EMAIL=… and NCBI_API_KEY=…, one a line; readable by you alone. The minus: the file may be missing.
EnvironmentFile=-$folder/sicca.env
ExecStart=$command run $config --quiet
Nice=10
IOSchedulingClass=idle
# A second run ends at once with status 1 and says who is at work.
TimeoutStartSec=12h
"""
TIMER = """\
[Unit]
Description=sicca run $name, every $every

[Timer]
OnCalendar=$calendar
RandomizedDelaySec=15min
# A run that was missed while the machine was off is made up for.
Persistent=true

[Install]
WantedBy=timers.target
"""
CRON = """\
# NCBI_EMAIL and NCBI_API_KEY come from sicca.env; what goes wrong is mailed by cron, the rest is in the run's run.log.
$fields cd $folder && set -a && { [ ! -f sicca.env ] || . ./sicca.env; } && $command run $config --quiet > /dev/null
"""
WORKFLOW = """\
name: sicca run $name
on:
  schedule:
    - cron: "$fields"
  workflow_dispatch:
permissions:
  contents: read
concurrency:
  group: sicca-$name
  cancel-in-progress: false
jobs:
  run:
    runs-on: ubuntu-latest
    timeout-minutes: 350
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: python -m pip install .
      # The run's folder is kept from one run to the next, so that only what is new is fetched and read.
      - uses: actions/cache@v4
        with:
          path: runs/$name
          key: sicca-$name-$${{ github.run_id }}
          restore-keys: sicca-$name-
      - run: sicca run $config --quiet
        env:
          NCBI_EMAIL: $${{ secrets.NCBI_EMAIL }}
          NCBI_API_KEY: $${{ secrets.NCBI_API_KEY }}
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: report
          path: |
            runs/$name/report.md
            runs/$name/report.html
            runs/$name/manifest.json
            runs/$name/run.log
          if-no-files-found: warn
"""


@dataclass(frozen=True, slots=True)
class Job:
    """What is run, where, and how often ("day" or "week")."""

    name: str
    config: str
    folder: str
    command: str
    every: str = "day"


@dataclass(frozen=True, slots=True)
class File:
    """A scheduler's file; `kind` is systemd, cron or github."""

    kind: str
    name: str
    text: str


def files_of(job: Job) -> tuple[File, ...]:
    """Return the files for all schedulers; raises ConfigError where a path cannot stand in them."""
    for path in (job.name, job.config, job.folder, job.command):
        if any(character in path for character in "\n\r%$`\"'\\"):
            raise ConfigError(f"{path!r}: has a character that systemd and cron read as their own; rename it")
    calendar, fields = TIMES[job.every]
    name = "".join(c if c.isalnum() or c in "-_" else "-" for c in job.name)
    # systemd and the shell take double quotes alike; a workflow runs in the repository, not in this machine's folders.
    known = {"name": name, "calendar": calendar, "fields": fields, "every": job.every}
    system = known | {"folder": job.folder, "command": _quoted(job.command), "config": _quoted(job.config)}
    shell = known | {
        "folder": shlex.quote(job.folder),
        "command": shlex.quote(job.command),
        "config": shlex.quote(job.config),
    }
    here = job.config.removeprefix(job.folder.rstrip("/") + "/")
    github = known | {"config": shlex.quote(here)}
    return (
        File("systemd", f"sicca-{name}.service", Template(SERVICE).substitute(system)),
        File("systemd", f"sicca-{name}.timer", Template(TIMER).substitute(system)),
        File("cron", f"sicca-{name}.cron", Template(CRON).substitute(shell)),
        File("github", f"sicca-{name}.yml", Template(WORKFLOW).substitute(github)),
    )


def _quoted(word: str) -> str:
    return json.dumps(word, ensure_ascii=False) if " " in word else word
