"""Fits the regression that tells which corpus an article is like."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from extractors.language.tokenizer import TOKEN
from extractors.mentions.conventions import BUCKETS, ArticleKinds, bucket, kinds_of
from extractors.mentions.word_features import normal_form, wide_hash
from extractors.training.ner_corpora import Annotated

#: Inverse strength of the L2 penalty.
PENALTY = 300.0


def fit_kinds(articles: Mapping[str, tuple[Annotated, ...]]) -> ArticleKinds:
    """Fit the shares of the schemes that an article can be like, in their order."""
    rows, columns, values, kinds = [], [], [], []
    texts = [
        (number, article.text) for number, kind in enumerate(kinds_of(tuple(articles))) for article in articles[kind]
    ]
    for row, (number, text) in enumerate(texts):
        normals = np.array([wide_hash(normal_form(m.group())) for m in TOKEN.finditer(text)], dtype=np.uint64)
        buckets = bucket(normals)
        rows += [row] * len(buckets)
        columns += buckets.tolist()
        values += [1 / np.sqrt(len(buckets))] * len(buckets)
        kinds.append(number)
    table = sparse.coo_matrix((values, (rows, columns)), shape=(len(texts), BUCKETS)).tocsr()
    regression = LogisticRegression(C=PENALTY, max_iter=500, class_weight="balanced").fit(table, kinds)
    return ArticleKinds(regression.coef_.astype(np.float32), regression.intercept_.astype(np.float32))
