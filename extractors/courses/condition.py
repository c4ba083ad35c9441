"""What a course was given for, and the words that qualify it."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.courses.cues import course_patterns
from extractors.courses.regimens import Regimen
from extractors.courses.treatments import Treatment
from extractors.document import Document
from extractors.records import Sentence, Span

#: Characters looked at before a disease.
WINDOW = 60


def find_condition(
    document: Document, regimen: Regimen, diseases: Sequence[Treatment]
) -> tuple[Treatment, Span] | None:
    """Return the disease the course was given for and its naming nearest to the course; None where none is named.

    Points: named in the title, in a sentence of the course, after "patients with" or "for", and how often it is named.
    """
    own = {o.sentence for o in regimen.occurrences}
    best: tuple[float, int, Treatment, Span] | None = None
    for order, disease in enumerate(diseases):
        if disease.key in regimen.keys:
            continue
        places = [(span, _sentence(document, span)) for span in disease.spans]
        points = min(len(places), 4) * 0.25
        points += 2.0 * any(s is not None and s.passage == 0 for _, s in places)
        points += 1.5 * any(s in own for _, s in places)
        treated = [span for span, _ in places if _is_treated(document, span)]
        points += 2.0 * bool(treated) + 0.3 * len(treated)
        points += 5.0 * any(s in own and _is_of_patients(document, span) for span, s in places)
        home = [span for span, s in places if s in own]
        span = next((s for s in treated if s in home), (home or treated or [places[0][0]])[0])
        if best is None or points > best[0]:
            best = points, order, disease, span
    return (best[2], best[3]) if best else None


def find_qualifiers(document: Document, disease: Treatment) -> tuple[Span, ...]:
    """Return the spans of the words that qualify the condition: refractory, HCV-related, type II."""
    found = []
    for span in disease.spans:
        start = max(0, span[0] - WINDOW)
        match = course_patterns("condition")["qualifier"].search(document.text[start : span[0]])
        if match and match.group().strip():
            found.append((start + match.start(), start + len(document.text[start : start + match.end()].rstrip())))
    return tuple(found)


def _sentence(document: Document, span: Span) -> Sentence | None:
    return next((s for s in document.sentences if s.start <= span[0] and span[1] <= s.end), None)


def _is_of_patients(document: Document, span: Span) -> bool:
    before = document.text[max(0, span[0] - WINDOW) : span[0]]
    return bool(course_patterns("condition")["patients_with"].search(before))


def _is_treated(document: Document, span: Span) -> bool:
    before = document.text[max(0, span[0] - WINDOW) : span[0]]
    return bool(course_patterns("condition")["before"].search(before))
