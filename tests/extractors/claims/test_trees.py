import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from extractors.training.claims_fit import export_trees


def test_trees_score_as_the_library_that_fitted_them() -> None:
    generator = np.random.default_rng(0)
    numbers = generator.normal(size=(400, 5)).astype(np.float32)
    labels = (numbers[:, 0] * numbers[:, 1] > 0.2) | (numbers[:, 2] > 1)
    library = HistGradientBoostingClassifier(max_iter=20, random_state=0, early_stopping=False).fit(numbers, labels)
    assert np.allclose(export_trees(library).odds(numbers), library.decision_function(numbers), atol=1e-5)
