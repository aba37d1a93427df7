#!/usr/bin/python3
"""Makes sklearn_scalers.json: columns scaled by scikit-learn's MinMaxScaler and RobustScaler, missing values among them.

All inputs are whole multiples of 1/1024, which a float holds exactly.

Run with Debian's python3-sklearn:  /usr/bin/python3 tests/golden/make_sklearn_scalers.py
"""
import json
from pathlib import Path

import numpy as np
from sklearn.datasets import load_iris
from sklearn.preprocessing import MinMaxScaler, RobustScaler

random = np.random.default_rng(22)


def listed(values):
    """NaN as null: JSON has no NaN."""
    return [None if np.isnan(x) else x for x in np.asarray(values).reshape(-1).tolist()]


def case(features):
    least, robust = MinMaxScaler().fit(features), RobustScaler().fit(features)
    return {"columns": features.shape[1], "features": listed(features),
            "min_max": {"shift": least.data_min_.tolist(), "scale": (1 / least.scale_).tolist(),
                        "fill": np.nanmean(features, axis=0).tolist(), "scaled": listed(least.transform(features))},
            "robust": {"shift": robust.center_.tolist(), "scale": robust.scale_.tolist(),
                       "fill": np.nanmedian(features, axis=0).tolist(),
                       "scaled": listed(robust.transform(features))}}


def main():
    # Small spread, large offset, a constant column, a skewed one, one whose middle half is constant.
    def columns(rows):
        values = np.stack([random.normal(0, 1, rows), 1000 + random.normal(0, 3, rows), np.full(rows, 2.5),
                           np.exp(random.normal(0, 2, rows)), np.where(np.arange(rows) < 2, 9.0, 1.0)], axis=1)
        return np.round(values * 1024) / 1024

    gaps = columns(33)
    gaps[random.random(gaps.shape) < 0.2] = np.nan
    cases = [case(columns(30)), case(columns(31)), case(gaps), case(np.round(load_iris().data * 1024) / 1024)]
    Path(__file__).with_name("sklearn_scalers.json").write_text(json.dumps(cases) + "\n", encoding="utf-8")


main()
