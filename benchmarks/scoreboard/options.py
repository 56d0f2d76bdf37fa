"""How right the automatic matches of cell texts to options are: `python -m benchmarks.scoreboard.options`.

The cases are `data/options*.jsonl`: a text, and the option that a careful person would take without asking, or null.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from headgate.engine.match import OptionMatch, OptionMatcher
from headgate.schema import SelectOption

DATA = Path(__file__).parent / "data"


def decided() -> Iterator[tuple[str, str | None, OptionMatch]]:
    """Each text, the right option's label, and what was decided."""
    lines = (line for path in sorted(DATA.glob("options*.jsonl")) for line in path.read_text("utf-8").splitlines())
    for line in lines:
        case = json.loads(line)
        options = [SelectOption(label=label, value=label) for label in case["options"]]
        matcher = OptionMatcher(options, language=case.get("language", "en"))
        for text, right in case["pairs"]:
            yield text, right, matcher.match(text)


def main() -> None:
    """Print automatic precision and recall, what was wrong and what was missed."""
    results = list(decided())
    accepted = [(text, right, match) for text, right, match in results if match.value is not None]
    wrong = [(text, right, match) for text, right, match in accepted if match.value != right]
    wanted = [(text, right, match) for text, right, match in results if right is not None]
    missed = [(text, right, match) for text, right, match in wanted if match.value is None]
    print(f"texts {len(results)}, with an option {len(wanted)}, accepted {len(accepted)}")
    print(f"automatic precision {1 - len(wrong) / max(1, len(accepted)):.4f}  (wrong: {len(wrong)})")
    print(f"automatic recall    {1 - len(missed) / max(1, len(wanted)):.4f}")
    for title, cases in (("wrong", wrong), ("missed", missed)):
        for text, right, match in cases:
            print(f"  {title}: {text!r} → {match.value}, right: {right} ({match.method})")


if __name__ == "__main__":
    main()
