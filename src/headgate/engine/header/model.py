"""A second opinion on header rows: a logistic model whose weights are the numbers below.

`python -m benchmarks.scoreboard.train_header` makes them from labelled grids and generated sheets, and prints what they get right.
"""

from __future__ import annotations

import math

from headgate.engine.header.features import RowFeatures

BIAS = -6.964
WEIGHTS: dict[str, float] = {
    "named": 1.342,
    "similar": -0.801,
    "no_schema": -0.041,
    "known": 1.751,
    "known_more_than_below": 0.476,
    "contrast": 1.484,
    "several_contrasts": 1.355,
    "coverage": 2.488,
    "name_like": 0.039,
    "all_name_like": 1.887,
    "distinct": -0.343,
    "recurring": -2.669,
    "recurs": -3.732,
    "wide_above": -1.346,
    "single": -0.513,
    "next_similar": -2.624,
    "next_data": 2.175,
    "gap": 1.079,
    "first_wide": 2.557,
    "short_body": -1.228,
}


def inputs(features: RowFeatures, fields: int) -> dict[str, float]:
    """What the model sees of a row, all between 0 and 1. `fields`: how many the schema has."""
    cells = max(1, min(fields, features.filled))
    return {
        "named": features.named_fields / cells if fields else 0.0,
        "similar": min(1.0, features.similar_fields / cells) if fields else 0.0,
        "no_schema": float(not fields),
        "known": features.known_share,
        "known_more_than_below": max(0.0, features.known_share - features.body_known_share),
        "contrast": features.contrast_share,
        "several_contrasts": float(features.contrasts >= 2),
        "coverage": features.coverage,
        "name_like": features.name_share,
        "all_name_like": float(features.name_share == 1),
        "distinct": float(features.distinct_share == 1),
        "recurring": features.recurring_share,
        "recurs": float(features.recurring_share > 0),
        "wide_above": float(features.wide_above),
        "single": float(features.filled < 2),
        "next_similar": float(features.next_is_similar),
        "next_data": float(features.next_is_data),
        "gap": min(features.gap, 3) / 3,
        "first_wide": float(not features.wide_above and features.coverage >= 0.9),
        "short_body": float(features.body_rows < 2),
    }


def probability(features: RowFeatures, fields: int) -> float:
    """How likely the row is the header."""
    seen = inputs(features, fields)
    total = BIAS + sum(weight * seen[name] for name, weight in WEIGHTS.items())
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, total))))
