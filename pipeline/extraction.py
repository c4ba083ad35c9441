"""One article in, all that is extracted from it out; the same code for `run`, `extract` and `evaluate`."""

from __future__ import annotations

import traceback

from extractors import registry
from extractors.courses.derived import derived_claims
from extractors.language.nlp import build_nlp, parse
from extractors.records import Article
from extractors.study import StudyReader
from extractors.study.origin import marked
from pipeline.config import Extraction as Settings
from pipeline.extracted import Extraction, Failure

#: Words that spaCy may know before it begins anew. It remembers each (0.4 kB) and forgets none: the abstracts of
#: PubMed have a new one every few sentences, for ever. To begin anew takes 0.2 s, every some thousand abstracts.
MOST_WORDS = 50_000


class Extractor:
    """The extractors of a config, built once and applied to article after article."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._nlp = build_nlp()
        self._mentions = tuple(registry.build_mentions(name, _options(settings, name)) for name in settings.mentions)
        self._claims = tuple(registry.build_claims(name, _options(settings, name)) for name in settings.claims)
        self._courses = registry.build_courses(_courses(settings)) if settings.courses else None
        self._study = StudyReader()

    def extract(self, article: Article) -> Extraction:
        """Read one article; the result depends on nothing else."""
        if len(self._nlp.vocab.strings) > MOST_WORDS:
            self._nlp = build_nlp()
        (document,) = parse((article,), self._nlp)
        for recogniser in self._mentions:
            document = document.with_mentions(recogniser.extract(document))
        evidence = tuple(
            e for claims in self._claims for e in claims.extract(document) if e.score >= self.settings.min_score
        )
        study = self._study.extract(document)
        courses = tuple(self._courses.extract(document)) if self._courses else ()
        known = {e.claim.key for e in evidence}
        derived = (e for e in derived_claims(document, courses) if e.score >= self.settings.min_score)
        evidence += tuple(e for e in derived if e.claim.key not in known)
        evidence = marked(document, evidence, study.design)
        return Extraction(article, document.sentences, document.mentions, evidence, courses, study)

    def attempt(self, article: Article) -> Extraction | Failure:
        """Read one article, or say what broke; one poisoned record must not stop the run."""
        try:
            return self.extract(article)
        except Exception as error:
            return Failure(article, f"{type(error).__name__}: {error}", traceback.format_exc())


def _courses(settings: Settings) -> dict[str, object]:
    """Return the options of courses: they are read with the encoder where claims are, unless they say otherwise."""
    encoder = "classifier" in settings.claims and _options(settings, "classifier").get("encoder", True)
    return {"encoder": encoder, **_options(settings, "courses")}


def _options(settings: Settings, name: str) -> dict[str, object]:
    return settings.options.get(name, {})
