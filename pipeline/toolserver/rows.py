"""From the graph's records to the types that the tools answer with."""

from __future__ import annotations

from extractors.records import Argument
from graphs import contradictions, explanation, paths, query, retractions
from graphs.answers import AssembledClaim, CourseSource, Source
from graphs.tables.table import pubmed
from graphs.topics import Topic
from pipeline.toolserver import parts


def understood(topic: Topic) -> parts.Understood:
    """Return how a name was understood."""
    return parts.Understood(typed=topic.typed, id=topic.id, name=topic.name, kinds=len(topic.ids), note=topic.note)


def sentence(source: Source | CourseSource) -> parts.Sentence:
    """Return a verbatim sentence with its article."""
    return parts.Sentence(
        pmid=source.pmid,
        text=source.quote,
        section=source.section if isinstance(source, Source) else "",
        title=source.title,
        journal=source.journal,
        year=source.year,
        design=str(source.design),
        n=source.n,
        url=None if source.synthetic else pubmed(source.pmid),
        synthetic=source.synthetic,
        retracted=source.retracted,
        concern=source.concern,
        corrected=source.corrected,
    )


def node(argument: Argument) -> parts.Node:
    """Return an end of a claim."""
    return parts.Node(id=argument.key, name=argument.name, type=str(argument.type))


def figures(claim: AssembledClaim) -> parts.Figures:
    """Return what a claim's evidence amounts to."""
    return parts.Figures(
        verdict=claim.verdict,
        belief=round(claim.belief, 4),
        opposed=round(claim.opposed, 4),
        articles=claim.articles,
        studies=claim.studies,
        patients_low=claim.patients_low,
        patients_high=claim.patients_high,
        retracted=claim.retracted,
        first_year=claim.first_year,
        last_year=claim.last_year,
    )


def claim_row(claim: AssembledClaim, source: Source) -> parts.ClaimRow:
    """Return a claim with the sentence that shows it."""
    ends = claim.claim
    return parts.ClaimRow(
        claim=claim.id,
        subject=node(ends.subject),
        predicate=str(ends.predicate),
        object=node(ends.object),
        figures=figures(claim),
        sentence=sentence(source),
    )


def evidence(source: Source) -> parts.EvidenceRow:
    """Return an evidence."""
    item = source.evidence
    return parts.EvidenceRow(
        claim=item.claim.id,
        evidence=item.id,
        subject=node(item.claim.subject),
        predicate=str(item.claim.predicate),
        object=node(item.claim.object),
        effect=str(item.effect) if item.effect else None,
        negated=item.negated,
        certainty=str(item.certainty),
        score=round(item.score, 4),
        extractor=item.extractor,
        origin=str(item.origin) if item.origin else None,
        sentence=sentence(source),
    )


def course(source: CourseSource) -> parts.CourseRow:
    """Return a treatment course."""
    item = source.course
    return parts.CourseRow(
        condition=node(item.condition) if item.condition else None,
        prior=[node(drug) for drug in item.prior],
        prior_reason=item.prior_reason,
        current=[node(drug) for drug in item.current],
        mode=item.mode,
        patients=item.patients,
        responders=item.responders,
        outcome=item.outcome,
        sentence=sentence(source),
    )


def path(found: paths.Path) -> parts.Path:
    """Return a mechanism path."""
    return parts.Path(
        hops=[
            _hop(hop, source, species)
            for hop, source, species in zip(found.hops, found.sources, found.species, strict=True)
        ],
        sign=found.sign,
        gaps=found.gaps,
        score=round(found.score, 6),
    )


def _hop(hop: paths.Hop, source: Source, species: tuple[str, ...]) -> parts.Hop:
    ends = hop.claim.claim
    first, last = (ends.object, ends.subject) if hop.backward else (ends.subject, ends.object)
    return parts.Hop(
        start=parts.Node(id=hop.start, name=hop.start_name, type=str(first.type)),
        end=parts.Node(id=hop.end, name=hop.end_name, type=str(last.type)),
        sign=hop.sign,
        gap=hop.gap,
        backward=hop.backward,
        predicate=str(ends.predicate),
        verdict=hop.claim.verdict,
        belief=round(hop.claim.belief, 4),
        species=list(species),
        claim=hop.claim.id,
        sentence=sentence(source),
    )


def contradiction(found: contradictions.Contradiction) -> parts.ContradictionRow:
    """Return a contradiction with both sentences."""
    ends = found.claim.claim
    return parts.ContradictionRow(
        claim=found.claim.id,
        subject=node(ends.subject),
        predicate=str(ends.predicate),
        object=node(ends.object),
        side=found.direction,
        belief=round(found.belief, 4),
        sentence=sentence(found.source),
        other_side=found.other_direction,
        other_belief=round(found.other_belief, 4),
        other_sentence=sentence(found.other_source),
        differs=found.factor,
    )


def loss(found: retractions.Loss) -> parts.LossRow:
    """Return what a claim loses."""
    ends = found.claim.claim
    return parts.LossRow(
        claim=found.claim.id,
        subject=node(ends.subject),
        predicate=str(ends.predicate),
        object=node(ends.object),
        pmids=[article.removeprefix("PMID:") for article in found.articles],
        sources=found.sources,
        verdict_with=found.verdict_with,
        verdict_without=found.verdict_without,
        belief_with=round(found.belief_with, 4),
        belief_without=round(found.belief_without, 4),
    )


def change(found: query.Change) -> parts.ChangeRow:
    """Return what became of a claim since a run."""
    ends = found.claim.claim if found.claim else None
    return parts.ChangeRow(
        claim=found.id,
        subject=node(ends.subject) if ends else None,
        predicate=str(ends.predicate) if ends else None,
        object=node(ends.object) if ends else None,
        verdict_before=found.verdict_before,
        verdict=found.verdict,
        belief_before=round(found.belief_before, 4),
        belief=round(found.belief, 4),
        articles_before=found.articles_before,
        articles=found.articles,
    )


def reading(line: explanation.Line) -> parts.Reading:
    """Return one sentence's part in a belief."""
    strength = line.strength
    return parts.Reading(
        direction=strength.direction if strength else None,
        strength=round(strength.value, 4) if strength else 0.0,
        extraction=round(strength.extraction, 4) if strength else None,
        design=round(strength.design, 4) if strength else None,
        participants=round(strength.participants, 4) if strength else None,
        directness=round(strength.directness, 4) if strength else None,
        witness=strength.witness if strength else None,
        counts=line.counts,
        evidence=evidence(line.source),
    )
