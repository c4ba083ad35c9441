"""Mentions, concepts and relations against PubTator corpora; mention recall against gold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors.errors import InputError
from extractors.records import Mention, MentionType
from extractors.scores import Score, compare
from pipeline.evaluation.claims import overlaps
from pipeline.evaluation.gold import GoldDocument

#: The corpora's names for what we recognise: BC5CDR, NCBI disease (four classes of one type), BioRED.
CORPUS_TYPES = {
    "Chemical": MentionType.DRUG,
    "ChemicalEntity": MentionType.DRUG,
    "Disease": MentionType.DISEASE,
    "DiseaseOrPhenotypicFeature": MentionType.DISEASE,
    "DiseaseClass": MentionType.DISEASE,
    "SpecificDisease": MentionType.DISEASE,
    "CompositeMention": MentionType.DISEASE,
    "Modifier": MentionType.DISEASE,
    "Gene": MentionType.PROTEIN,
    "GeneOrGeneProduct": MentionType.PROTEIN,
    "OrganismTaxon": MentionType.SPECIES,
    "Species": MentionType.SPECIES,
    "SequenceVariant": MentionType.VARIANT,
    "Variant": MentionType.VARIANT,
    "CellLine": MentionType.CELL_LINE,
}


@dataclass(frozen=True, slots=True)
class CorpusDocument:
    """A PubTator document's annotations: (start, end, type, ids) and (relation, id, id)."""

    id: str
    mentions: tuple[tuple[int, int, MentionType, tuple[str, ...]], ...]
    relations: tuple[tuple[str, str, str], ...]

    @property
    def types(self) -> frozenset[MentionType]:
        """The types annotated in this document."""
        return frozenset(kind for _, _, kind, _ in self.mentions)


def read_pubtator(path: Path) -> tuple[CorpusDocument, ...]:
    """Read the annotation lines of a PubTator file; raises InputError that names the line."""
    mentions: dict[str, list[tuple[int, int, MentionType, tuple[str, ...]]]] = {}
    relations: dict[str, list[tuple[str, str, str]]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        fields = line.rstrip("\r").split("\t")
        if len(fields) == 1:
            if "|t|" in line:
                mentions.setdefault(line.partition("|")[0], [])
            continue
        try:
            if fields[1].isdigit():
                ids = tuple(part for part in fields[5].replace("|", ";").replace(",", ";").split(";") if part != "-")
                mention = (int(fields[1]), int(fields[2]), CORPUS_TYPES[fields[4]], ids)
                mentions.setdefault(fields[0], []).append(mention)
            else:
                relations.setdefault(fields[0], []).append((fields[1], fields[2], fields[3]))
        except (IndexError, ValueError, KeyError) as error:
            raise InputError(f"{path}:{number}: not a PubTator annotation: {line[:80]!r}") from error
    return tuple(CorpusDocument(key, tuple(found), tuple(relations.get(key, ()))) for key, found in mentions.items())


def score_spans(
    results: Iterable[tuple[CorpusDocument, Sequence[Mention]]], types: frozenset[MentionType]
) -> dict[MentionType, Score]:
    """Score exact span and type; only the corpus's types count, since it labels no others."""
    total = dict.fromkeys(sorted(types), Score())
    for document, mentions in results:
        for kind in total:
            gold: set[tuple[object, ...]] = {(start, end) for start, end, k, _ in document.mentions if k is kind}
            found: set[tuple[object, ...]] = {m.span for m in mentions if m.type is kind}
            total[kind] += compare(found, gold)
    return total


def score_concepts(
    results: Iterable[tuple[CorpusDocument, Sequence[Mention]]], types: frozenset[MentionType]
) -> dict[MentionType, Score]:
    """Score the set of concept ids of each document, by type (MeSH ids without prefix)."""
    total = dict.fromkeys(sorted(types), Score())
    for document, mentions in results:
        for kind in total:
            gold: set[tuple[object, ...]] = {
                (bare(key),) for _, _, k, ids in document.mentions if k is kind for key in ids if bare(key) != "-1"
            }
            found: set[tuple[object, ...]] = {
                (bare(key),) for m in mentions if m.type is kind and m.concept for key in m.concept.split(";")
            }
            total[kind] += compare(found, gold)
    return total


def bare(key: str) -> str:
    """Return an id without its MeSH or OMIM prefix, as corpora differ in writing it."""
    return key.removeprefix("MESH:").removeprefix("OMIM:")


def score_recall(results: Iterable[tuple[GoldDocument, Sequence[Mention]]]) -> Score:
    """Count the gold mentions that a found mention covers, is covered by, or overlaps by half of the shorter."""
    total = Score()
    for document, mentions in results:
        spans = [m.span for m in mentions]
        for _, places in document.places:
            for place in places:
                hit = any(overlaps(span, place) for span in spans)
                total += Score(right=1) if hit else Score(missed=1)
    return total
