"""Linear models as reviewable JSON: a weight for each feature and class, read once, added up."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class LinearModel:
    """Weights of a multinomial (or, with one class, binary) logistic regression over named features."""

    classes: tuple[str, ...]
    intercepts: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    def probabilities(self, features: Mapping[str, float]) -> dict[str, float]:
        """Return the probability of each class; features without a weight do not count."""
        scores = list(self.intercepts)
        for name in sorted(features):
            for index, weight in enumerate(self.weights.get(name, ())):
                scores[index] += weight * features[name]
        if len(scores) == 1:
            return {self.classes[0]: 1 / (1 + math.exp(-max(-50.0, min(50.0, scores[0]))))}
        top = max(scores)
        powers = [math.exp(score - top) for score in scores]
        return {name: power / sum(powers) for name, power in zip(self.classes, powers, strict=True)}

    def score(self, features: Mapping[str, float]) -> float:
        """Return the sum of the first class's weights: ranks the candidates of a ranking model."""
        return self.intercepts[0] + sum(
            self.weights[name][0] * features[name] for name in sorted(features) if name in self.weights
        )

    def strongest(self, features: Iterable[str], name: str, count: int = 3) -> tuple[str, ...]:
        """Return the features that speak most for a class."""
        index = self.classes.index(name)
        known = sorted((f for f in features if f in self.weights), key=lambda f: (-self.weights[f][index], f))
        return tuple(f for f in known[:count] if self.weights[f][index] > 0)


@cache
def load_model(name: str) -> LinearModel:
    """Read extractors/models/<name>.json, which holds the classes, their intercepts and the weights by feature."""
    content = json.loads((files("extractors.models") / f"{name}.json").read_text(encoding="utf-8"))
    weights = {feature: tuple(values) for feature, values in content["weights"].items()}
    return LinearModel(tuple(content["classes"]), tuple(content["intercepts"]), weights)
