"""What plain likeness of letters would do on the same sets: the best field or option by rapidfuzz, from a usual threshold on.

`WRatio` is what most importers call "fuzzy matching"; 90 is the careful end of the thresholds that are recommended for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rapidfuzz import process, utils
from rapidfuzz.fuzz import WRatio

THRESHOLD = 90.0


def most_alike(text: str, names: Mapping[str, Iterable[str]]) -> str | None:
    """The key whose names look most like `text`; None below the threshold."""
    flat = [(key, name) for key, own in names.items() for name in own]
    best = process.extractOne(
        text, [name for _, name in flat], scorer=WRatio, processor=utils.default_process, score_cutoff=THRESHOLD
    )
    return flat[best[2]][0] if best is not None else None
