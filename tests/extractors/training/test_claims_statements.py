"""Which sentences annotators quoted for the candidates that state a claim."""

from extractors.assertion.effect import EffectReader
from extractors.assertion.reader import AssertionReader
from extractors.claims.matcher import PatternMatcher
from extractors.claims.preparation import Preparer
from extractors.claims.types import read_signatures
from extractors.language.nlp import build_nlp, parse
from extractors.records import Article, Mention
from extractors.training.claims_data import GoldClaim, GoldDocument, make_examples
from extractors.training.claims_statements import read_quoted, setting_reader
from extractors.values import MentionType, Predicate

TITLE = "A case"
ABSTRACT = "Rituximab came first. Rituximab helped purpura, or RTX did."


def test_candidates_of_one_claim_share_its_weight_and_its_quotation() -> None:
    text = f"{TITLE}\n{ABSTRACT}"
    (document,) = parse([Article("X:1", TITLE, ABSTRACT)], build_nlp())
    named = [("Rituximab", MentionType.DRUG), ("purpura", MentionType.DISEASE), ("RTX", MentionType.DRUG)]
    spans = {name: (text.rindex(name), text.rindex(name) + len(name)) for name, _ in named}
    document = document.with_mentions(Mention(*spans[name], name, kind) for name, kind in named)
    quoted = (text.index("Rituximab helped"), len(text))
    drugs = (spans["Rituximab"], spans["RTX"])
    claim = GoldClaim(drugs, Predicate.TREATS, (spans["purpura"],), "effective", False, "asserted", quoted)
    gold = GoldDocument("X:1", TITLE, ABSTRACT, (claim,), frozenset(Predicate))
    (example,) = make_examples([(gold, document)], Preparer(PatternMatcher(), read_signatures()))
    found = list(read_quoted(example, 7, setting_reader(example, AssertionReader(), EffectReader())))
    assert [(q.document, q.quoted, q.weight) for q in found] == [(7, frozenset({2}), 0.5)] * 2
    assert all(example.prepared.pairs[q.row] is q.stated.pair for q in found)
