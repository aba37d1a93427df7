#!/usr/bin/python3
"""Makes sklearn_measures.json: measures of labels, probabilities and real values as scikit-learn computes them.

All inputs are whole multiples of a power of two, which a float holds exactly, and every row of probabilities sums to 1.

Run with Debian's python3-sklearn:  /usr/bin/python3 tests/golden/make_sklearn_measures.py
"""
import json
from pathlib import Path

import numpy as np
from sklearn import metrics

random = np.random.default_rng(21)


def figures(truth, predicted, average, labels):
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(
        truth, predicted, average=average, labels=labels, zero_division=0)
    return {"precision": np.asarray(precision).tolist(), "recall": np.asarray(recall).tolist(),
            "f1": np.asarray(f1).tolist()}


def labels_case(classes, truth, predicted):
    every = list(range(classes))
    return {"classes": classes, "truth": list(map(int, truth)), "predicted": list(map(int, predicted)),
            "accuracy": metrics.accuracy_score(truth, predicted),
            "balanced_accuracy": metrics.balanced_accuracy_score(truth, predicted),
            "matthews": metrics.matthews_corrcoef(truth, predicted),
            "kappa": metrics.cohen_kappa_score(truth, predicted),
            "per_class": figures(truth, predicted, None, every),
            "macro": figures(truth, predicted, "macro", None),
            "micro": figures(truth, predicted, "micro", None),
            "weighted": figures(truth, predicted, "weighted", None)}


def probability_rows(rows, classes, steps):
    """Counts of `steps` coins thrown into `classes` pots: multiples of 1/steps that sum to 1, with ties and zeros."""
    return random.multinomial(steps, random.dirichlet(np.ones(classes), rows)) / steps


def curves(truth, scores):
    false_rate, true_rate, roc_thresholds = metrics.roc_curve(truth, scores)
    precision, recall, pr_thresholds = metrics.precision_recall_curve(truth, scores)
    return {"roc": [false_rate.tolist(), true_rate.tolist(), roc_thresholds[1:].tolist()],
            "pr": [recall.tolist(), precision.tolist(), pr_thresholds.tolist()],
            "roc_auc": metrics.roc_auc_score(truth, scores),
            "average_precision": metrics.average_precision_score(truth, scores)}


def probability_case(probabilities, truth):
    classes = probabilities.shape[1]
    one_hot = np.eye(classes)[truth]
    case = {"classes": classes, "truth": list(map(int, truth)), "probabilities": probabilities.reshape(-1).tolist(),
            "log_loss": metrics.log_loss(truth, probabilities, labels=list(range(classes))),
            "curves": [curves(truth == k, probabilities[:, k]) for k in range(classes)]}
    if classes == 2:
        case["brier"] = metrics.brier_score_loss(truth, probabilities[:, 1])
        case["roc_auc"] = metrics.roc_auc_score(truth, probabilities[:, 1])
        case["average_precision"] = metrics.average_precision_score(truth, probabilities[:, 1])
    else:
        case["brier"] = float(np.mean(np.sum((probabilities - one_hot) ** 2, axis=1)))  # Brier 1950
        case["roc_auc"] = metrics.roc_auc_score(truth, probabilities, multi_class="ovr", average="macro")
        case["average_precision"] = metrics.average_precision_score(one_hot, probabilities, average="macro")
    return case


def regression_case(truth, predicted):
    return {"truth": truth.tolist(), "predicted": predicted.tolist(),
            "mae": metrics.mean_absolute_error(truth, predicted),
            "mse": metrics.mean_squared_error(truth, predicted),
            "rmse": metrics.mean_squared_error(truth, predicted, squared=False),
            "r2": metrics.r2_score(truth, predicted),
            "explained_variance": metrics.explained_variance_score(truth, predicted)}


def dyadic(values, unit=1 / 1024):
    return np.round(np.asarray(values) / unit) * unit


def labels_cases():
    for classes, rows in [(2, 30), (3, 60), (5, 80), (20, 300)]:
        truth = random.integers(0, classes, rows)
        wrong = random.random(rows) < 0.35
        yield labels_case(classes, truth, np.where(wrong, random.integers(0, classes, rows), truth))
    yield labels_case(2, [1, 1, 0, 0], [1, 1, 0, 0])
    yield labels_case(2, [1, 1, 0, 0], [0, 0, 1, 1])
    yield labels_case(2, [0, 0, 0, 1], [0, 0, 0, 0])
    yield labels_case(3, [0, 0, 2, 2, 2], [0, 2, 2, 2, 0])


def probability_cases():
    for rows, classes, steps in [(40, 2, 16), (200, 2, 1024), (60, 3, 8), (150, 5, 256)]:
        probabilities = probability_rows(rows, classes, steps)
        guess = np.array([random.choice(classes, p=row) for row in probabilities])
        truth = np.where(random.random(rows) < 0.6, guess, random.integers(0, classes, rows))
        yield probability_case(probabilities, truth)
    ordered = np.arange(1, 9) / 16
    yield probability_case(np.stack([1 - ordered, ordered], axis=1), np.array([0, 0, 0, 0, 1, 1, 1, 1]))
    yield probability_case(np.stack([1 - ordered, ordered], axis=1), np.array([1, 1, 1, 1, 0, 0, 0, 0]))
    yield probability_case(np.full((6, 2), 0.5), np.array([0, 1, 0, 1, 1, 1]))
    yield probability_case(np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 1.0]]), np.array([0, 1, 0]))


def regression_cases():
    truth = dyadic(random.normal(0, 2, 50))
    yield regression_case(truth, dyadic(truth + random.normal(0, 0.5, 50)))
    yield regression_case(truth, dyadic(random.normal(0, 2, 50)))
    yield regression_case(truth, truth)
    yield regression_case(truth, truth + 3)
    yield regression_case(4096 + truth, dyadic(4096 + truth + random.normal(0, 0.5, 50)))
    yield regression_case(np.array([1.0, 2.0]), np.array([2.0, 1.0]))


def main():
    goldens = {"labels": list(labels_cases()), "probabilities": list(probability_cases()),
               "regression": list(regression_cases())}
    Path(__file__).with_name("sklearn_measures.json").write_text(json.dumps(goldens) + "\n", encoding="utf-8")


main()
