"""Abstracts written for the tests of courses, with mentions given by their words."""

import re

from extractors.courses import CourseFinder
from extractors.document import Document
from extractors.language.nlp import build_nlp, parse
from extractors.language.sections import flat_article
from extractors.records import Course, Mention
from extractors.values import MentionType

NLP = build_nlp()
FINDER = CourseFinder()
NAMES = {
    "rituximab": (MentionType.DRUG, "MESH:D000069283"),
    "belimumab": (MentionType.DRUG, "MESH:C511911"),
    "cyclophosphamide": (MentionType.DRUG, "MESH:D003520"),
    "prednisone": (MentionType.DRUG, "MESH:D011241"),
    "methotrexate": (MentionType.DRUG, "MESH:D008727"),
    "placebo": (MentionType.DRUG, None),
    "cryoglobulinaemic vasculitis": (MentionType.DISEASE, "MONDO:0007407"),
    "purpura": (MentionType.DISEASE, "MESH:D011693"),
    "complete response": (MentionType.OUTCOME, None),
}


def document(title: str, abstract: str) -> Document:
    (parsed,) = parse((flat_article("X:1", title, abstract),), NLP)
    mentions = [
        Mention(m.start(), m.end(), m.group(), kind, concept, name)
        for name, (kind, concept) in NAMES.items()
        for m in re.finditer(re.escape(name), parsed.text, re.IGNORECASE)
    ]
    return parsed.with_mentions(mentions)


def names(course: Course) -> list[str]:
    return [argument.name for argument in course.current]


SERIES = document(
    "Rituximab followed by belimumab in cryoglobulinaemic vasculitis refractory to cyclophosphamide",
    "Purpura is common. We report four patients with refractory cryoglobulinaemic vasculitis successfully treated with "
    "rituximab followed by belimumab.",
)
TRIAL = document(
    "Rituximab versus placebo in cryoglobulinaemic vasculitis: a randomised trial",
    "METHODS: In this double-blind trial, 60 patients with cryoglobulinaemic vasculitis were randomly assigned to receive "
    "rituximab (n = 31) or placebo (n = 29). RESULTS: A complete response was seen in 20 of 31 patients (65%) in the rituximab "
    "group and in 6 of 29 patients (21%) in the placebo group at week 24 (p = 0.001). CONCLUSION: Rituximab was more effective "
    "than placebo.",
)
CASES = document(
    "Belimumab for cryoglobulinaemic vasculitis refractory to rituximab and cyclophosphamide: report of two cases",
    "We report two patients with cryoglobulinaemic vasculitis in whom rituximab and cyclophosphamide had failed. They "
    "received belimumab. Both patients responded to belimumab.",
)
