"""`sicca evaluate`: how good the extractors are on a gold standard."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractors.errors import InputError

if TYPE_CHECKING:
    from pipeline.config import Extraction as Settings

#: The limits that the relaxed score is shown at: what `min_score` trades.
LIMITS = tuple(step / 20 for step in range(1, 20))
#: What `sicca evaluate` prints: measure → figure or nested figures.
Report = dict[str, object]


@click.command(epilog="Example: sicca evaluate gold.jsonl --jobs 2")
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--config", default=None, help="Config whose extractors are scored (path or name); default: all of them.")
@click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes to extract with.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def command(gold: Path, config: str | None, jobs: int, as_json: bool) -> None:
    """Score the extractors against GOLD.

    GOLD is JSON lines in the terms of the guidelines (claims, courses, study, mention recall), or a PubTator corpus
    (exact span and type, concept ids of the document, chemical-induced-disease relations).
    """
    from pipeline import config as configs
    from pipeline.config import Extraction as Settings

    settings = configs.load(config).extraction if config else Settings()
    try:
        with gold.open(encoding="utf-8") as stream:
            first = stream.read(1)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{gold}: cannot be read: {getattr(error, 'strerror', None) or 'not UTF-8'}") from error
    report = _claims_report(gold, settings, jobs) if first == "{" else _corpus_report(gold, settings, jobs)
    if as_json:
        click.echo(json.dumps(report, indent=1))
    else:
        _print(report, "")


def _claims_report(path: Path, settings: Settings, jobs: int) -> Report:
    from extractors.claims.merge import one_per_claim
    from pipeline.evaluation import gold
    from pipeline.evaluation.claims import by_min_score, score_claims
    from pipeline.evaluation.courses import score_courses, score_studies
    from pipeline.evaluation.mentions import score_recall
    from pipeline.evaluation.run import extractions

    documents = gold.read(path)
    results = extractions([d.article for d in documents], settings, jobs=jobs)
    pairs = list(zip(documents, results, strict=True))
    stated = [(d, one_per_claim(r.evidence)) for d, r in pairs]
    claims = score_claims(stated)
    courses = score_courses((d, r.courses) for d, r in pairs)
    studies = score_studies((d, r.study) for d, r in pairs)
    recall = score_recall((d, r.mentions) for d, r in pairs)
    matched, cells = claims.relaxed.right, courses.found.right
    return {
        "relaxed": claims.relaxed.to_dict(),
        "strict": claims.strict.to_dict(),
        "pair": claims.pair.to_dict(),
        "by_min_score": {f"{limit:.2f}": s.to_dict() for limit, s in by_min_score(stated, LIMITS)},
        "by_predicate": {str(p): s.to_dict() for p, s in claims.by_predicate},
        "qualifiers": {
            "negated": _share(claims.negation_right, matched),
            "certainty": _share(claims.certainty_right, matched),
            "effect": _share(claims.effect_right, claims.effect_all),
        },
        "mention_recall": round(recall.recall, 4),
        "courses": courses.found.to_dict()
        | {name: _share(getattr(courses, name), cells) for name in ("patients", "responders", "prior", "outcome")},
        "study": {"design": _share(studies.design, studies.documents), "n": _share(studies.n, studies.documents)},
    }


def _corpus_report(path: Path, settings: Settings, jobs: int) -> Report:
    from extractors.vocabulary import compiled
    from pipeline import documents
    from pipeline.evaluation import mentions
    from pipeline.evaluation.relations import score_induced_diseases
    from pipeline.evaluation.retired import of_today, successors
    from pipeline.evaluation.run import extractions

    corpus, articles = mentions.read_pubtator(path), list(documents.read(str(path)))
    results = extractions(articles, settings, jobs=jobs)
    pairs = [(d, r.mentions) for d, r in zip(corpus, results, strict=True)]
    types = frozenset().union(*(d.types for d in corpus))
    spans = mentions.score_spans(pairs, types)
    concepts = mentions.score_concepts(pairs, types)
    report: Report = {
        "spans": _total(spans.values()),
        "spans_by_type": {str(k): s.to_dict() for k, s in spans.items()},
        "concepts_by_type": {str(k): s.to_dict() for k, s in concepts.items()},
    }
    if any(kind == "CID" for d in corpus for kind, _, _ in d.relations):
        claims = [(d, r.evidence) for d, r in zip(corpus, results, strict=True)]
        report["chemical_induced_disease"] = score_induced_diseases(claims).to_dict()
        texts = zip(corpus, (a.text for a in articles), strict=True)
        successor = successors(texts, compiled.shipped())
        today = ((of_today(d, successor), evidence) for d, evidence in claims)
        report["chemical_induced_disease_retired_ids_replaced"] = score_induced_diseases(today).to_dict() | {
            "ids": len(successor)
        }
    return report


def _total(scores: object) -> dict[str, float]:
    from extractors.scores import Score

    total = Score()
    for score in scores:  # type: ignore[attr-defined]
        total += score
    return total.to_dict()


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _print(report: Report, indent: str) -> None:
    for name, value in report.items():
        if isinstance(value, dict) and any(isinstance(v, dict) for v in value.values()):
            click.echo(f"{indent}{name}")
            _print(value, indent + "  ")
        elif isinstance(value, dict):
            click.echo(f"{indent}{name:24} " + "  ".join(f"{k} {v}" for k, v in value.items()))
        else:
            click.echo(f"{indent}{name:24} {value}")
