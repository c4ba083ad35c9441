"""One article in, all that is extracted from it out; the same code for `run`, `extract` and `evaluate`."""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

from extractors import registry
from extractors.courses import CourseFinder
from extractors.language.nlp import build_nlp, parse
from extractors.records import Article, Concept, Course, Evidence, Mention, Sentence, Study, content_hash
from extractors.study import StudyReader
from extractors.vocabulary import compiled
from extractors.vocabulary.vocabulary import curated
from pipeline.config import Extraction as Settings


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was read off one article."""

    article: Article
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    evidence: tuple[Evidence, ...]
    courses: tuple[Course, ...]
    study: Study


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that broke an extractor: kept with the reason, so that a later version can try again."""

    article: Article
    error: str
    traceback: str


class Extractor:
    """The extractors of a config, built once and applied to article after article."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._nlp = build_nlp()
        self._mentions = tuple(registry.build_mentions(name, _options(settings, name)) for name in settings.mentions)
        self._claims = tuple(registry.build_claims(name, _options(settings, name)) for name in settings.claims)
        self._courses = CourseFinder() if settings.courses else None
        self._study = StudyReader()

    def extract(self, article: Article) -> Extraction:
        """Read one article; the result depends on nothing else."""
        (document,) = parse((article,), self._nlp)
        for recogniser in self._mentions:
            document = document.with_mentions(recogniser.extract(document))
        evidence = tuple(
            e for claims in self._claims for e in claims.extract(document) if e.score >= self.settings.min_score
        )
        study = self._study.extract(document)
        courses = tuple(self._courses.extract(document)) if self._courses else ()
        return Extraction(article, document.sentences, document.mentions, evidence, courses, study)

    def attempt(self, article: Article) -> Extraction | Failure:
        """Read one article, or say what broke; one poisoned record must not stop the run."""
        try:
            return self.extract(article)
        except Exception as error:
            return Failure(article, f"{type(error).__name__}: {error}", traceback.format_exc())


def _options(settings: Settings, name: str) -> dict[str, object]:
    return settings.options.get(name, {})


def concepts_of(curies: Iterable[str]) -> tuple[Concept, ...]:
    """Return the vocabularies' concepts with these CURIEs, and all that they are kinds of, sorted by CURIE."""
    known: dict[str, Concept] = {}
    waiting = sorted(curies)
    while waiting:
        curie = waiting.pop()
        if curie not in known and (concept := _concept(curie)):
            known[curie] = concept
            waiting.extend(concept.parents)
    return tuple(known[curie] for curie in sorted(known))


def _concept(curie: str) -> Concept | None:
    """Return a concept as the lexicon has it, with the parents of both vocabularies; None for an unknown one."""
    vocabularies = [v for v in (curated(), compiled.shipped()) if curie in v]
    if not vocabularies:
        return None
    concepts = [v.concept(curie) for v in vocabularies]
    parents = sorted({parent for concept in concepts for parent in concept.parents})
    return replace(concepts[0], parents=tuple(parents))


def extraction_key(settings: Settings) -> str:
    """Return a hash of everything an extraction depends on besides the article.

    That is: sicca's and spaCy's versions, the extractors' code, lexicons, cues and weights, and the settings.
    """
    versions = (f"{name}=={version(name)}" for name in ("sicca", "spacy", "scispacy"))
    return content_hash("extraction", *versions, _resources_hash(), settings.model_dump_json())


def article_key(article: Article) -> str:
    """Return a hash of all that is known of an article."""
    return content_hash("article", repr(article))


@cache
def _resources_hash() -> str:
    digest = hashlib.sha256()
    for package in ("extractors", "configs/cues", "configs/lexicons", "configs/vocabulary"):
        root, *below = package.split("/")
        _digest(files(root).joinpath(*below), digest)
    return digest.hexdigest()


def _digest(entry: Traversable, digest: hashlib._Hash) -> None:
    """Add names and contents below a folder, sorted by name; byte code and training recipes do not count."""
    for child in sorted(entry.iterdir(), key=lambda c: c.name):
        if child.name in {"__pycache__", "training"}:
            continue
        digest.update(child.name.encode())
        if child.is_dir():
            _digest(child, digest)
        else:
            digest.update(child.read_bytes())
