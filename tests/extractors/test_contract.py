"""What every extractor must keep to, whichever it is; a new module in the folders is tested by being there."""

import pytest

from extractors import registry
from extractors.document import Document
from extractors.errors import ConfigError
from extractors.language.nlp import build_nlp, parse
from extractors.language.sections import flat_article
from extractors.records import Effect, Evidence, Mention, Predicate
from extractors.registry import ClaimExtractor, MentionExtractor

#: Synthetic articles with what tends to break offsets: accents, Greek, brackets, empty parts, no end of sentence.
TEXTS = [
    ("Rituximab in cryoglobulinaemic vasculitis of Sjögren's disease: three cases",
     "BACKGROUND: Cryoglobulinaemic vasculitis (CryoVas) may complicate primary Sjögren syndrome (pSS). METHODS: Three "
     "women with CryoVas refractory to rituximab (RTX) received belimumab. RESULTS: All three improved; C4 rose "
     "(P < 0·05). BAFF levels increased after B-cell depletion. CONCLUSION: Belimumab was effective in CryoVas."),
    ("BAFF does not increase IL-6 in naïve B cells", ""),
    ("", "TNF-α and IFN-γ induced apoptosis of salivary gland epithelial cells; β2-microglobulin was unchanged"),
    ("𝛃-blockade 😀 and lupus", "Infliximab caused purpura in 2/9 patients.  Etanercept did not."),
]  # fmt: skip
#: The recognisers whose mentions claim extractors are given here.
RECOGNISERS = ("dictionary", "statistical", "merge")


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    articles = [flat_article(f"D{number}", *text) for number, text in enumerate(TEXTS)]
    return list(parse(articles, build_nlp()))


@pytest.fixture(scope="module", params=registry.available("mentions"))
def recogniser(request: pytest.FixtureRequest) -> MentionExtractor:
    return registry.build_mentions(request.param, {})


@pytest.fixture(scope="module", params=registry.available("claims"))
def reader(request: pytest.FixtureRequest) -> ClaimExtractor:
    return registry.build_claims(request.param, {})


@pytest.fixture(scope="module")
def recognised(documents: list[Document]) -> list[Document]:
    chain = [registry.build_mentions(name, {}) for name in RECOGNISERS]
    found = []
    for document in documents:
        for link in chain:
            document = document.with_mentions(link.extract(document))
        found.append(document)
    return found


def inside(span: tuple[int, int], document: Document) -> bool:
    return 0 <= span[0] < span[1] <= len(document.text)


def test_contract_names_are_those_of_the_modules(recogniser: MentionExtractor, reader: ClaimExtractor) -> None:
    assert recogniser.name in registry.available("mentions")
    assert reader.name in registry.available("claims")


def test_contract_mentions_are_stretches_of_one_sentence(
    recogniser: MentionExtractor, recognised: list[Document]
) -> None:
    for document in recognised:
        for mention in recogniser.extract(document):
            assert document.text[mention.start : mention.end] == mention.text
            assert mention.text.strip() == mention.text != ""
            assert mention.name
            assert mention.source
            assert any(s.start <= mention.start and mention.end <= s.end for s in document.sentences)


def test_contract_mentions_depend_on_the_document_alone(
    recogniser: MentionExtractor, recognised: list[Document]
) -> None:
    once: list[list[Mention]] = [list(recogniser.extract(document)) for document in recognised]
    again = [list(recogniser.extract(document)) for document in reversed(recognised)]
    assert once == again[::-1]


def test_contract_claims_are_read_off_whole_sentences(reader: ClaimExtractor, recognised: list[Document]) -> None:
    for document in recognised:
        starts, ends = {s.start for s in document.sentences}, {s.end for s in document.sentences}
        for evidence in reader.extract(document):
            assert evidence.article == document.article.id
            assert evidence.extractor == reader.name
            assert evidence.sentence[0] in starts
            assert evidence.sentence[1] in ends
            assert 0.0 <= evidence.score <= 1.0
            assert evidence.why
            for argument in (evidence.claim.subject, evidence.claim.object):
                assert argument.spans
                assert all(inside(span, document) for span in argument.spans)
            assert all(inside((start, end), document) for _, start, end in evidence.cues)
            assert evidence.claim.subject.key != evidence.claim.object.key


#: The effects that each predicate may have; the others have none.
EFFECTS = {
    Predicate.TREATS: {Effect.EFFECTIVE, Effect.INEFFECTIVE, Effect.MIXED, Effect.UNSPECIFIED},
    Predicate.AFFECTS_OUTCOME: {
        Effect.IMPROVED, Effect.WORSENED, Effect.INCREASED, Effect.DECREASED, Effect.NO_DIFFERENCE, Effect.UNSPECIFIED,
    },
    Predicate.PREDICTS: {Effect.POSITIVE, Effect.NEGATIVE, Effect.UNSPECIFIED},
}  # fmt: skip


def test_contract_effects_are_those_of_the_predicate(reader: ClaimExtractor, recognised: list[Document]) -> None:
    for document in recognised:
        for evidence in reader.extract(document):
            assert evidence.effect in EFFECTS.get(evidence.claim.predicate, {None})


def test_contract_claims_depend_on_the_document_alone(reader: ClaimExtractor, recognised: list[Document]) -> None:
    once: list[list[Evidence]] = [list(reader.extract(document)) for document in recognised]
    again = [list(reader.extract(document)) for document in reversed(recognised)]
    assert once == again[::-1]


@pytest.mark.parametrize("build", [registry.build_mentions, registry.build_claims])
@pytest.mark.parametrize("name", ["magic", "", "../records", "dictionary.build", "__init__"])
def test_contract_unknown_names_are_told_the_known_ones(build: object, name: str) -> None:
    assert callable(build)
    with pytest.raises(ConfigError, match=r"available: .*, "):
        build(name, {})
