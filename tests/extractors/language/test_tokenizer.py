import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.vocab import Vocab

from extractors.language.tokenizer import AbstractTokenizer


@pytest.fixture(scope="module")
def tokenize() -> AbstractTokenizer:
    return AbstractTokenizer(Vocab())


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("rituximab-treated", "rituximab - treated"),
        ("anti-CD20/BAFF", "anti - CD20 / BAFF"),
        ("(pSS)-associated", "( pSS ) - associated"),
        ("CD4+CD25+", "CD4 + CD25 +"),
        ("375 mg/m2", "375 mg / m2"),
        ("p=0·05, n=1,234", "p = 0·05 , n = 1,234"),
        ("i.e. 3.5%", "i.e. 3.5 %"),
        ("IL-2.", "IL - 2 ."),
        ("TNFα inhibitor's", "TNFα inhibitor ' s"),
        ("remission.The next", "remission . The next"),
        ("5–20%", "5 – 20 %"),
        ("NF-κB1", "NF - κB1"),
    ],
)
def test_tokenizer_splits_where_names_begin_and_end(tokenize: AbstractTokenizer, text: str, tokens: str) -> None:
    assert [t.text for t in tokenize(text)] == tokens.split()


@given(st.text(max_size=80))
def test_tokenizer_keeps_every_character(text: str) -> None:
    doc = AbstractTokenizer(Vocab())(text)
    assert doc.text == text
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in doc)
