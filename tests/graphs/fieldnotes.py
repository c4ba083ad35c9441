"""A tiny language for stores in tests: an article a line of claims, offsets worked out by looking."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.records import (
    Argument,
    Article,
    Certainty,
    Claim,
    Concept,
    Course,
    Effect,
    Evidence,
    Mention,
    MentionType,
    Origin,
    Passage,
    Predicate,
    Sentence,
    Study,
    StudyDesign,
)
from graphs.store import Store

DRUG, DISEASE, PROTEIN = MentionType.DRUG, MentionType.DISEASE, MentionType.PROTEIN
CELL, PROCESS, OUTCOME = MentionType.CELL, MentionType.PROCESS, MentionType.OUTCOME

#: Names as our test sentences write them, with the concepts they are linked to (None: unlinked).
CONCEPTS = (
    Concept("MESH:D000069283", "rituximab", DRUG, ("RTX", "MabThera"), parents=("SICCA:anti-cd20",)),
    Concept("SICCA:anti-cd20", "anti-CD20 antibody", DRUG, ("anti-CD20", "anti-CD20 therapy")),
    Concept("MESH:C511911", "belimumab", DRUG, ("Benlysta",)),
    Concept("MESH:D014657", "vasculitis", DISEASE),
    Concept("SICCA:cryovas", "cryoglobulinaemic vasculitis", DISEASE, ("CryoVas",), parents=("MESH:D014657",)),
    Concept("MESH:D012859", "Sjögren syndrome", DISEASE, ("Sjögren's syndrome", "pSS", "Sjögren disease")),
    Concept("MESH:D008223", "lymphoma", DISEASE),
    Concept("HGNC:11929", "TNFSF13B", PROTEIN, ("BAFF", "BLyS", "B-cell activating factor")),
    Concept("HGNC:7315", "MS4A1", PROTEIN, ("CD20",)),
    Concept("CL:0000236", "B cell", CELL, ("B cells", "B lymphocyte")),
    Concept("SICCA:b-survival", "B-cell survival", PROCESS),
    Concept("SICCA:essdai", "ESSDAI", OUTCOME),
    Concept("HP:0000001", "infusion reaction", DISEASE),
)


def argument(name: str, *, type: MentionType = DISEASE) -> Argument:  # noqa: A002
    """Return the argument that a name stands for; an unknown name stays unlinked."""
    for concept in CONCEPTS:
        if name.lower() in {concept.name.lower(), *(s.lower() for s in concept.synonyms)}:
            return Argument(concept.curie, concept.name, concept.type)
    return Argument(None, name, type)


class Notes:
    """Builds one article: each `says` adds a sentence to its abstract and the evidence read off it."""

    def __init__(
        self,
        pmid: int,
        *,
        title: str = "A title.",
        design: StudyDesign = StudyDesign.COHORT,
        n: int | None = None,
        year: int | None = 2020,
        registrations: Sequence[str] = (),
        section: str = "RESULTS",
        species: Sequence[str] = (),
        **fields: object,
    ) -> None:
        self.id = f"PMID:{pmid}"
        self.title = title
        self.design = design
        self.n = n
        self.registrations = tuple(registrations)
        self.section = section
        self.species = tuple(species)
        self.fields = {"year": year, "journal": "J Test", **fields}
        self.parts: list[str] = []
        self.evidence: list[Evidence] = []
        self.courses: list[Course] = []

    def says(
        self,
        sentence: str,
        subject: str,
        predicate: str,
        object_: str,
        *,
        effect: str | None = None,
        negated: bool = False,
        certainty: str = "asserted",
        score: float = 0.9,
        extractor: str = "patterns",
        origin: str | None = "novel",
    ) -> Notes:
        """Add a sentence and the claim it states."""
        start, end = self._write(sentence)
        ends = tuple(self._located(argument(name), name, sentence, start) for name in (subject, object_))
        claim = Claim(ends[0], Predicate(predicate), ends[1])
        self.evidence.append(
            Evidence(
                article=self.id,
                claim=claim,
                sentence=(start, end),
                extractor=extractor,
                effect=Effect(effect) if effect else None,
                negated=negated,
                certainty=Certainty(certainty),
                score=score,
                cues=(("trigger", start, start + 1),),
                why="test",
                origin=Origin(origin) if origin else None,
            )
        )
        return self

    def treated(
        self,
        sentence: str,
        *current: str,
        condition: str | None = None,
        prior: Sequence[str] = (),
        reason: str | None = None,
        mode: str = "single",
        patients: int | None = None,
        responders: int | None = None,
        outcome: str = "not_stated",
    ) -> Notes:
        """Add a sentence and the treatment course it reports."""
        start, end = self._write(sentence)

        def located(name: str, type_: MentionType) -> Argument:
            return self._located(argument(name, type=type_), name, sentence, start)

        def stands(number: int | None) -> tuple[int, int] | None:
            found = re.search(rf"\b{number}\b", sentence)
            return (start + found.start(), start + found.end()) if found else None

        self.courses.append(
            Course(
                article=self.id,
                condition=located(condition, DISEASE) if condition else None,
                current=tuple(located(name, DRUG) for name in current),
                sentence=(start, end),
                prior=tuple(located(name, DRUG) for name in prior),
                prior_reason=reason,
                mode=mode,
                patients=patients,
                responders=responders,
                patients_span=stands(patients),
                responders_span=stands(responders),
                outcome=outcome,
            )
        )
        return self

    def into(self, store: Store, *, stage_key: str = "k") -> Notes:
        """Put the article into a store."""
        article, sentences, mentions = self.records()
        stated = re.search(rf"\b{self.n}\b", article.text)
        study = Study(
            self.id,
            self.design,
            self.n,
            stated.span() if stated else None,
            registrations=self.registrations,
            species=self.species,
        )
        store.put(article, sentences, mentions, self.evidence, self.courses, study, stage_key=stage_key)
        return self

    def records(self) -> tuple[Article, tuple[Sentence, ...], tuple[Mention, ...]]:
        """Return the article, its sentences and the mentions of its claims."""
        abstract = " ".join(self.parts)
        first = len(self.title) + 1
        passages = (Passage(0, len(self.title)), Passage(first, first + len(abstract), None, self.section))
        article = Article(self.id, self.title, abstract, passages if abstract else passages[:1], **self.fields)  # type: ignore[arg-type]
        sentences, at = [Sentence(0, len(self.title), 0)], first
        for part in self.parts:
            sentences.append(Sentence(at, at + len(part), 1))
            at += len(part) + 1
        ends = [end for item in self.evidence for end in (item.claim.subject, item.claim.object)]
        mentions = {
            Mention(start, stop, article.text[start:stop], end.type, end.concept, end.name, "test")
            for end in ends
            for start, stop in end.spans
        }
        return article, tuple(sentences), tuple(mentions)

    def _write(self, sentence: str) -> tuple[int, int]:
        """Append a sentence, once, and return its span."""
        if sentence not in self.parts:
            self.parts.append(sentence)
        before = self.parts[: self.parts.index(sentence)]
        start = len(self.title) + 1 + sum(len(part) + 1 for part in before)
        return start, start + len(sentence)

    def _located(self, end: Argument, name: str, sentence: str, start: int) -> Argument:
        at = sentence.lower().find(name.lower())
        if at < 0:
            raise ValueError(f"{name!r} does not stand in {sentence!r}")
        return replace(end, spans=((start + at, start + at + len(name)),))
