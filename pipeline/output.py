"""What `sicca extract` writes: one JSON object a document, or PubTator lines. The shape is docs/extract.schema.json."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from extractors.claims.merge import one_per_claim
from extractors.records import Argument, Course, Endpoint, Evidence, Mention, MentionType, Statistic, Study
from graphs import course_facts
from pipeline.extracted import Extraction

#: Our types as the PubTator corpora call them; the others keep our names.
PUBTATOR_TYPES = {MentionType.DRUG: "Chemical", MentionType.PROTEIN: "Gene"}


def to_json(extraction: Extraction) -> str:
    """Return the document's line: keys sorted, no white space but what the texts have."""
    article = extraction.article
    record = {
        "id": article.id,
        "title": article.title,
        "abstract": article.abstract,
        "mentions": [_mention(m) for m in extraction.mentions],
        "claims": [_claim(e) for e in one_per_claim(extraction.evidence)],
        "courses": [_course(c) for c in extraction.courses],
        "study": _study(extraction.study),
    }
    return json.dumps(record, ensure_ascii=False, sort_keys=True)


def to_pubtator(extraction: Extraction) -> str:
    """Return the document's PubTator block: |t| and |a| lines, then a line for each mention."""
    article = extraction.article
    key = article.pmid or article.id
    lines = [f"{key}|t|{article.title}", f"{key}|a|{article.abstract}"]
    for m in extraction.mentions:
        kind = PUBTATOR_TYPES.get(m.type, str(m.type))
        lines.append(f"{key}\t{m.start}\t{m.end}\t{m.text}\t{kind}\t{_pubtator_id(m)}")
    return "\n".join(lines) + "\n"


def _pubtator_id(mention: Mention) -> str:
    """Return the concept's id as the corpora write it: MeSH without a prefix, none as `-`."""
    return (mention.concept or "-").removeprefix("MESH:")


def _mention(m: Mention) -> dict[str, object]:
    return {"start": m.start, "end": m.end, "text": m.text, "type": m.type, "id": m.concept}


def _argument(a: Argument) -> dict[str, object]:
    return {"id": a.concept, "name": a.name, "type": a.type, "spans": [list(span) for span in a.spans]}


def _arguments(arguments: Iterable[Argument]) -> list[dict[str, object]]:
    return [_argument(a) for a in arguments]


def _claim(e: Evidence) -> dict[str, object]:
    return {
        "subject": _argument(e.claim.subject),
        "predicate": e.claim.predicate,
        "object": _argument(e.claim.object),
        "effect": e.effect,
        "negated": e.negated,
        "certainty": e.certainty,
        "origin": e.origin,
        "sentence": list(e.sentence),
        "score": round(e.score, 4),
        "extractor": e.extractor,
        "cues": [list(cue) for cue in e.cues],
        "why": e.why,
    }


def _course(c: Course) -> dict[str, object]:
    return {
        "condition": _argument(c.condition) if c.condition else None,
        "prior": _arguments(c.prior),
        "prior_reason": c.prior_reason,
        "current": _arguments(c.current),
        "mode": c.mode,
        "patients": c.patients,
        "responders": c.responders,
        "outcome": c.outcome,
        "sentence": list(c.sentence),
        "setting": c.setting,
        "components": _arguments(c.components),
        "doses": [_statistic(dose) for dose in c.doses],
        "endpoints": [_endpoint(endpoint) for endpoint in c.endpoints],
        "adverse_events": _arguments(c.adverse_events),
        "deaths": c.deaths,
        "not_extracted": list(c.not_extracted),
        "spans": {cell: [list(span) for span in found] for cell, found in course_facts.spans(c).items()},
    }


def _statistic(s: Statistic | None) -> dict[str, object] | None:
    """Return a number without the parts it does not have."""
    return {name: value for name, value in asdict(s).items() if value is not None} if s else None


def _endpoint(e: Endpoint) -> dict[str, object]:
    return {
        "measure": _argument(e.measure),
        "direction": e.direction,
        "sentence": list(e.sentence),
        "value": _statistic(e.value),
        "time": _statistic(e.time),
        "p": _statistic(e.p),
    }


def _study(s: Study) -> dict[str, object]:
    return {
        "design": s.design,
        "n": s.n,
        "n_spans": [list(span) for span in s.n_terms or ((s.n_span,) if s.n_span else ())],
        "registrations": list(s.registrations),
        "tier": s.tier or None,
        "primary": s.primary,
        "randomised": s.randomised,
        "blinded": s.blinded,
        "controlled": s.controlled,
        "multicentre": s.multicentre,
        "follow_up": _statistic(s.follow_up),
        "countries": [{"name": name, "span": [start, end]} for name, start, end in s.countries],
        "funding": list(s.funding_span) if s.funding_span else None,
    }
