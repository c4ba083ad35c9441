"""A person's judgement of one reading or one course, keyed by what does not change when a run is repeated."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from extractors.errors import InputError
from extractors.records import Certainty, Course, Effect, Evidence, Span

VERDICTS = ("accept", "reject", "correct")
#: What may be corrected of a claim's reading, and of a course, with the values that the guidelines allow.
CLAIM_FIELDS: dict[str, tuple[str, ...]] = {
    "effect": tuple(str(effect) for effect in Effect),
    "negated": ("true", "false"),
    "certainty": tuple(str(certainty) for certainty in Certainty),
}
COURSE_FIELDS: dict[str, tuple[str, ...]] = {
    "prior_reason": ("refractory", "relapse", "intolerant", "contraindicated"),
    "mode": ("single", "combination", "sequential"),
    "outcome": ("improved", "no_benefit", "worsened", "mixed", "not_stated"),
    "patients": (),
    "responders": (),
}
#: Patients that one course may have.
MOST_PATIENTS = 1_000_000


@dataclass(frozen=True, slots=True)
class Judgement:
    """Who says what of which sentence. `about` is the claim's id, or the course's drugs; `quote` finds the sentence
    again where a revised record has moved it."""

    kind: str
    article: str
    span: Span
    about: str
    quote: str
    verdict: str
    user: str
    time: str
    #: Field → corrected value, as text; "" says that the text does not state it.
    values: Mapping[str, str] = field(default_factory=dict)
    note: str = ""

    @property
    def key(self) -> tuple[str, str, str, Span]:
        """What the latest judgement of is the one that counts."""
        return self.kind, self.article, self.about, self.span

    def to_json(self) -> str:
        """Return the judgement as one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)


def from_json(line: str) -> Judgement:
    """Read one line back; raises InputError for what is none."""
    try:
        data = json.loads(line)
        start, end = data.pop("span")
        found = Judgement(span=(int(start), int(end)), **data)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError(f"not a judgement: {line[:80]!r}") from error
    check(found)
    return found


def check(judgement: Judgement) -> None:
    """Raise InputError for values that the guidelines do not know."""
    fields = {"claim": CLAIM_FIELDS, "course": COURSE_FIELDS}.get(judgement.kind)
    if fields is None:
        raise InputError(f"{judgement.kind!r}: a judgement is of a claim or a course")
    if judgement.verdict not in VERDICTS:
        raise InputError(f"{judgement.verdict!r}: a judgement is one of {', '.join(VERDICTS)}")
    if not judgement.user.strip():
        raise InputError("a judgement needs the name of who judges")
    for name, value in judgement.values.items():
        if name not in fields:
            raise InputError(f"{name!r}: cannot be corrected; there are {', '.join(fields)}")
        if name in {"patients", "responders"}:
            if value and not (value.isascii() and value.isdigit() and int(value) <= MOST_PATIENTS):
                raise InputError(f"{name}: {value!r} is no number of patients")
        elif value and value not in fields[name]:
            raise InputError(f"{name}: {value!r} is none of {', '.join(fields[name])}")
    if judgement.verdict == "correct" and not judgement.values:
        raise InputError("a correction needs a corrected value")


def of_evidence(evidence: Evidence) -> tuple[str, str]:
    """Return the article and what a judgement of this reading is about."""
    return evidence.article, evidence.claim.id


def of_course(course: Course) -> tuple[str, str]:
    """Return the article and what a judgement of this course is about: its drugs, current and prior."""
    current = "+".join(drug.key for drug in course.current)
    return course.article, f"{current}|{'+'.join(sorted(drug.key for drug in course.prior))}"
