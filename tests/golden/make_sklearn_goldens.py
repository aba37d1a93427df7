#!/usr/bin/python3
"""Makes sklearn.json: measures of confusion matrices and standardised columns as scikit-learn computes them.

Run with Debian's python3-sklearn:  /usr/bin/python3 tests/golden/make_sklearn_goldens.py
"""
import json
from pathlib import Path

import numpy as np
from sklearn.datasets import load_iris
from sklearn.metrics import accuracy_score, precision_recall_fscore_support
from sklearn.preprocessing import StandardScaler

random = np.random.default_rng(20)

# Rows are the true class. Absent classes, classes never predicted, one class alone, nothing right, everything right.
MATRICES = [
    [[5, 1], [2, 7]],
    [[5, 0], [0, 7]],
    [[0, 5], [7, 0]],
    [[9, 0], [3, 0]],
    [[9, 3], [0, 0]],
    [[9, 0], [0, 0]],
    [[0, 4], [0, 0]],
    [[12, 1, 0], [2, 9, 4], [0, 3, 11]],
    [[12, 0, 1], [0, 0, 0], [2, 0, 11]],
    [[12, 1, 0], [2, 9, 0], [5, 3, 0]],
    [[0, 0, 0, 0], [0, 8, 0, 2], [0, 0, 0, 0], [0, 1, 0, 6]],
    random.integers(0, 30, (5, 5)).tolist(),
    random.integers(0, 1000, (20, 20)).tolist(),
]


def measures(matrix):
    truth, predicted = [], []
    for i, row in enumerate(matrix):
        for j, count in enumerate(row):
            truth += [i] * count
            predicted += [j] * count
    precision, recall, f1, _ = precision_recall_fscore_support(truth, predicted, average="macro", zero_division=0)
    return {"matrix": matrix, "accuracy": accuracy_score(truth, predicted),
            "precision": precision, "recall": recall, "f1": f1}


def scaling(features):
    scaler = StandardScaler().fit(features)
    return {"features": features.reshape(-1).tolist(), "mean": scaler.mean_.tolist(), "scale": scaler.scale_.tolist(),
            "scaled": scaler.transform(features).reshape(-1).tolist()}


def main():
    # Small spread, large offset, a constant column, a skewed one; numbers a float holds exactly.
    columns = np.stack([random.normal(0, 1, 30), 1000 + random.normal(0, 3, 30), np.full(30, 2.5),
                        np.exp(random.normal(0, 2, 30))], axis=1).astype(np.float32).astype(np.float64)
    goldens = {"measures": [measures(m) for m in MATRICES],
               "scaler": [scaling(columns), scaling(load_iris().data)]}
    Path(__file__).with_name("sklearn.json").write_text(json.dumps(goldens) + "\n", encoding="utf-8")


main()
