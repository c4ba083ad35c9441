"""Scores of chosen candidates on the training folds, counted as the gold standard's relaxed measure counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from extractors.claims.candidates import PREDICATES, Candidates
from extractors.scores import Score
from extractors.training.claims_data import Example

#: Bins of the reliability table.
BINS = 10
#: The threshold for most predicates, and the lowest that one may have for its own F1's sake; by cross-validation.
OVERALL, LOWEST = 0.45, 0.325
#: So much of a predicate's F1 is given for a higher threshold: precision is what a reader sees.
WORTH = 0.01


def measure(
    examples: Sequence[Example],
    found: Sequence[Candidates],
    scores: Sequence[npt.NDArray[np.float64]],
    thresholds: npt.NDArray[np.float64],
) -> tuple[Score, ...]:
    """Return the counts of each predicate, over the articles in which it was annotated.

    A candidate that only repeats a found claim is neither right nor wrong.
    """
    totals = [Score() for _ in PREDICATES]
    for example, own, score in zip(examples, found, scores, strict=True):
        gold = [PREDICATES.index(c.predicate) for c in example.gold.claims]
        done: set[int] = set()
        wrong = [0] * len(PREDICATES)
        for i in np.argsort(-score, kind="stable"):
            row, column = int(own.rows[i]), int(own.predicates[i])
            if score[i] < thresholds[column]:
                continue
            hits = example.claims.get((row, column), ())
            free = [h for h in hits if h not in done]
            if free:
                done.add(free[0])
            elif not hits:
                wrong[column] += 1
        for column in np.flatnonzero(example.known).tolist():
            right = sum(gold[g] == column for g in done)
            totals[column] += Score(right, wrong[column], gold.count(column) - right)
    return tuple(totals)


def choose_thresholds(
    examples: Sequence[Example],
    found: Sequence[Candidates],
    scores: Sequence[npt.NDArray[np.float64]],
    *,
    overall: float = OVERALL,
    lowest: float = LOWEST,
) -> npt.NDArray[np.float64]:
    """Return each predicate's threshold: `overall`, or less where the predicate's own F1 gains by it.

    Of all whose F1 is within WORTH of the best, the highest is taken.
    """
    grid = np.arange(lowest, overall + 0.001, 0.025)
    measured = [measure(examples, found, scores, np.full(len(PREDICATES), t)) for t in grid]
    chosen = []
    for column in range(len(PREDICATES)):
        gains = [row[column].f1 for row in measured]
        chosen.append(max(t for gain, t in zip(gains, grid, strict=True) if gain >= max(gains) - WORTH))
    return np.array(chosen)


def reliability(
    scores: npt.NDArray[np.float64], right: npt.NDArray[np.bool_]
) -> tuple[list[tuple[float, float, int]], float]:
    """Return (mean score, share right, number) for each bin of scores, and the expected calibration error."""
    bins = np.minimum((scores * BINS).astype(int), BINS - 1)
    rows = []
    error = 0.0
    for number in range(BINS):
        inside = bins == number
        if inside.any():
            mean, share = float(scores[inside].mean()), float(right[inside].mean())
            rows.append((mean, share, int(inside.sum())))
            error += abs(mean - share) * inside.sum() / len(scores)
    return rows, error


def report(
    examples: Sequence[Example],
    found: Sequence[Candidates],
    scores: Sequence[npt.NDArray[np.float64]],
    thresholds: npt.NDArray[np.float64],
) -> Iterator[str]:
    """Yield lines that say how good the scores of articles not learnt from are, by threshold and by predicate."""
    for name, limits in (("thresholds", thresholds), *((f"{t:.2f}", np.full(len(PREDICATES), t)) for t in (0.3, 0.5))):
        total = sum(measure(examples, found, scores, limits)[1:], measure(examples, found, scores, limits)[0])
        yield f"cross-validated, {name}: P {total.precision:.3f} R {total.recall:.3f} F1 {total.f1:.3f}"
    for predicate, row, limit in zip(PREDICATES, measure(examples, found, scores, thresholds), thresholds, strict=True):
        yield f"  {predicate:22} P {row.precision:.2f} R {row.recall:.2f} F1 {row.f1:.2f} at {limit:.3f}"
    flat = np.concatenate(scores)
    right = np.concatenate([e.labels[c.rows, c.predicates] for e, c in zip(examples, found, strict=True)])
    claimed = flat >= thresholds[np.concatenate([c.predicates for c in found])]
    table, error = reliability(flat[claimed], right[claimed])
    yield f"expected calibration error of what is claimed: {error:.3f}"
    yield from (f"  scores of {mean:.2f}: {share:.2f} right of {number}" for mean, share, number in table)
