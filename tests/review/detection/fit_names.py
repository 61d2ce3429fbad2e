"""Fits what each trait of a name counts: `python -m tests.review.detection.fit_names [FILE …]`, from labelled lines.

Takes the half of the corpus that is not held out, and any files of lines in the corpus's own notation beside it.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np

from tests.review.detection.corpus import parse, samples
from workflow.review.redaction.detect.names.lexicon import compounds, surnames
from workflow.review.redaction.detect.names.segment import segment
from workflow.review.redaction.detect.names.traits import candidates, traits
from workflow.review.redaction.detect.tables import DATA

OWN = 4.0  # what a line of the corpus counts against a line of another file
SINGLE = (
    "LW",
    "RW",
    "C1",
    "C2",
    "CS",
    "SC",
)  # traits of one word or character: kept only where seen often, held small
KEPT = 0.08
HEAD = """\
# What each trait of a candidate adds, in natural log-odds. Written by tests.review.detection.fit_names, never by hand.
# S class of the surname, SC surname; G, D1, D2 class of the given name's characters, CS, C1, C2 the characters; L length;
# W, SG, GT, bs, be, inside: how dictionary words fall; LP, LW, LB, LC before: part of speech, word, class, character;
# RP, RW, RA, RC the same after.
"""


def _chinese(name):
    return re.fullmatch("[\u4e00-\u9fff]{2,4}", name) and (name[0] in surnames() or name[:2] in compounds())


def _rows(lines, weight):
    """Give the traits of each candidate, whether it is a name, and what it counts."""
    for text, labels in lines:
        words = segment(text)
        spans = {(label.start, label.end) for label in labels if label.label in "cu"}
        right = {span for span in spans if _chinese(text[slice(*span)])}
        undecided = [(x.start, x.end) for x in labels if (x.start, x.end) not in right and x.label in "cu?"]
        for one in candidates(text):
            name = (one.start, one.end) in right
            if name or not any(start < one.end and one.start < end for start, end in undecided):
                yield traits(text, one, words), name, weight


def fit(rows):
    """Give the weight of each trait by logistic regression, small ones preferred."""
    counts = Counter(trait for found, _, _ in rows for trait in found)
    kept = [t for t, n in counts.items() if n >= (12 if t.split(":")[0] in SINGLE else 3)]
    index = {trait: number for number, trait in enumerate(kept)}
    pairs = [(n, index[t]) for n, (found, _, _) in enumerate(rows) for t in found if t in index]
    row, column = np.array(pairs).T
    target = np.array([name for _, name, _ in rows], float)
    counting = np.array([weight for _, _, weight in rows])
    ridge = np.array([3.0 if t.split(":")[0] in SINGLE else 0.5 for t in kept])
    weight, mean, square = (np.zeros(len(kept)) for _ in range(3))
    for step in range(1, 601):
        likely = 1 / (1 + np.exp(-np.bincount(row, weight[column], len(rows))))
        slope = np.bincount(column, ((likely - target) * counting)[row], len(kept)) + ridge * weight
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weight -= 0.05 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return dict(zip(kept, weight, strict=True))


def main(files):
    """Fit and write the table of weights."""
    rows = list(_rows([(s.text, s.labels) for s in samples() if not s.held_out], OWN))
    for file in files:
        rows += _rows(map(parse, Path(file).read_text(encoding="utf-8").splitlines()), 1.0)
    found = fit(rows)
    order = sorted(found.items(), key=lambda pair: (pair[0].partition(":")[0], -abs(pair[1]), pair[0]))
    body = "".join(f"{trait} {value:.2f}\n" for trait, value in order if abs(value) >= KEPT)
    (DATA / "name_weights.txt").write_text(HEAD + body, encoding="utf-8")
    print(f"{len(rows)} candidates, {body.count(chr(10))} weights")


if __name__ == "__main__":
    main(sys.argv[1:])
