"""Write docs/questions.md: every question with what it answers on a run of the sample and on a run of real records.

    sicca run sample --out SAMPLE
    sicca run sample --from domain.xml.gz --from immunology.xml.gz --out REAL
    python benchmarks/answers.py --sample SAMPLE --real REAL > docs/questions.md

The sample's sentences are ours and are shown; real abstracts are their publishers', so those answers come without.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

#: Characters of a line shown.
WIDTH = 230


@dataclass(frozen=True, slots=True)
class Shown:
    """A question of docs/questions.md: what it is for, the function that answers it, and the command."""

    title: str
    purpose: str
    function: str
    command: tuple[str, ...]
    lines: int = 11


QUESTIONS = (
    Shown(
        "Treatments of a condition",
        "What is given for a condition, its kinds included, and does it help? What takes a side comes first; null"
        " results are rows like any other.", "treatments",
        ("ask", "treatments", "--disease", "cryoglobulinaemic vasculitis", "--limit", "4"),
    ),
    Shown(
        "After failure of a drug",
        "What was given after a drug had failed? Strict: courses that name it among the prior treatments; loose: the"
        " same abstract says that the disease was refractory to it.", "after_failure",
        ("ask", "after-failure", "--after", "rituximab", "--reason", "refractory", "--limit", "4"),
    ),
    Shown(
        "… read loosely", "", "after_failure",
        ("ask", "after-failure", "--after", "rituximab", "--loose", "--limit", "6"),
    ),
    Shown(
        "Outcomes by endpoint", 'What does a drug do to each endpoint? "No difference" is an answer.', "outcomes",
        ("ask", "outcomes", "--drug", "rituximab", "--limit", "4"),
    ),
    Shown(
        "Adverse events", 'Which harms does a drug do? "Denied" where a text says that it does not.', "adverse_events",
        ("ask", "adverse-events", "--drug", "rituximab", "--limit", "4"),
    ),
    Shown(
        "Combinations and sequences", "What is a drug combined with, and what is given before and after it?",
        "combinations", ("ask", "combinations", "--drug", "belimumab", "--limit", "4"),
    ),
    Shown(
        "Predictors", "What predicts lymphoma, or any other disease or outcome?", "predictors",
        ("ask", "predictors", "--of", "lymphoma", "--limit", "4"),
    ),
    Shown(
        "Mechanism path",
        "How does one thing lead to another, hop by hop? From rituximab to the rationale for belimumab. A gap (┄?→) is"
        " a hop that is only associated, supposed, contested, or believed less than 0.1.",
        "mechanism_paths", ("ask", "path", "--from", "rituximab", "--via", "BAFF", "--to", "belimumab", "--limit", "1"),
    ),
    Shown(
        "Contradictions",
        'Where does the evidence point both ways, and what differs between the studies? "True conflict" where'
        " nothing that the texts tell differs.", "contradictions", ("ask", "contradictions", "--limit", "3"), 10,
    ),
    Shown(
        "Evidence for a claim", "Every sentence behind a claim; those of retracted articles last and marked.",
        "evidence",
        ("ask", "evidence", "--subject", "rituximab", "--object", "BAFF", "--limit", "3"),
    ),
    Shown(
        "Why so much belief?", "Where every number of a claim comes from.", "explanation.explain",
        ("explain", "rituximab", "increases", "BAFF"), 11,
    ),
    Shown(
        "Retractions", "Which claims lose what by retracted articles, or would by those under concern or corrected?",
        "lost_by_retraction", ("ask", "retractions", "--limit", "4"),
    ),
    Shown(
        "What is new",
        "Which claims came, went or changed since a run of this store? `sicca diff RUN1 RUN2` compares two stores and"
        " tells the world's changes from the pipeline's.",
        "new_since",
        ("ask", "new", "--since", "0", "--limit", "3"),
    ),
    Shown(
        "Silence", "What was looked for and not found? Records searched, articles that mention each and both, claims.",
        "silence", ("ask", "silence", "--subject", "belimumab", "--object", "lymphoma"), 16,
    ),
    Shown(
        "Gaps", "Which treatments are written of beside a condition without a finding on whether they help?", "gaps",
        ("ask", "gaps", "--disease", "Sjögren syndrome", "--limit", "5"),
    ),
    Shown("Names", "What does the graph speak of?", "names", ("ask", "names", "cryoglob", "--limit", "5")),
    Shown("Statistics", "What does the store hold?", "statistics", ("ask", "statistics"), 12),
)  # fmt: skip


def answer(shown: Shown, run: Path, *, brief: bool) -> str:
    """Return the command and what it wrote, cut to the width and the lines of the document."""
    words = [*shown.command, *(["--format", "brief"] if brief else [])]
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *words, "--run", str(run)], capture_output=True, text=True, check=False
    )
    lines = (done.stderr + done.stdout).splitlines()
    cut = [line if len(line) <= WIDTH else line[: WIDTH - 1] + "…" for line in lines[: shown.lines]]
    if len(lines) > shown.lines:
        cut.append("…")
    command = " ".join(f"'{word}'" if " " in word else word for word in words)
    return "\n".join(["```console", f"$ sicca {command}", *cut, "```"])


def counts(run: Path) -> str:
    """Return how much a run holds."""
    told = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    names = ("articles", "claims", "evidence", "courses")
    return ", ".join(f"{told[name]} {'sentences' if name == 'evidence' else name}" for name in names)


def main() -> None:
    """Read the arguments and print the document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=Path, required=True)
    parser.add_argument("--real", type=Path, required=True)
    parser.add_argument("--checked", type=Path, help="Markdown with the answers checked by eye, put at the end.")
    arguments = parser.parse_args()
    print("# The questions, with what came out\n")
    print(
        "Each question is a function of `graphs/query.py` that returns records, and a command. Names are typed as one\n"
        'says them ("Sjogren", BLyS, anti-CD20) or as a CURIE; a guess is said on stderr, an unknown name is answered\n'
        "with the nearest ones. `--format table|brief|json|csv`; `--run DIR`, by default the newest under `runs/`.\n"
    )
    print(f"**Sample**: the embedded synthetic records, nobody's evidence ({counts(arguments.sample)}).")
    print(
        f"**Real**: PubMed records of the domain and of immunology ({counts(arguments.real)}), without the sentences,"
    )
    print("which are their publishers'. What is extracted wrongly is answered wrongly: look at the sentence.\n")
    print("Belief, opposed and verdict are explained in [schema.md](schema.md#belief) and by `sicca explain`.\n")
    for shown in QUESTIONS:
        print(f"## {shown.title}\n")
        if shown.purpose:
            print(f"{shown.purpose} (`{shown.function}`)\n")
        print(f"Sample:\n\n{answer(shown, arguments.sample, brief=False)}\n")
        print(f"Real:\n\n{answer(shown, arguments.real, brief=True)}\n")
    if arguments.checked:
        print(arguments.checked.read_text(encoding="utf-8").rstrip())


if __name__ == "__main__":
    main()
