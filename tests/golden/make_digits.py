#!/usr/bin/python3
"""Makes web/public/data/digits.csv: the 1797 handwritten digits of 8x8 pixels that come with scikit-learn.

Run with Debian's python3-sklearn:  /usr/bin/python3 tests/golden/make_digits.py
"""
from pathlib import Path

from sklearn.datasets import load_digits

digits = load_digits()
names = [f"p{row}{column}" for row in range(8) for column in range(8)] + ["digit"]
lines = [",".join(names)]
for pixels, digit in zip(digits.data.astype(int), digits.target):
    lines.append(",".join(map(str, [*pixels, digit])))
target = Path(__file__).parents[2] / "web" / "public" / "data" / "digits.csv"
target.write_text("\n".join(lines) + "\n", encoding="utf-8")
