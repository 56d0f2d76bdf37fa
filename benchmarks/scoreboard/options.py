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


DEVELOPMENT = ("options", "options-second", "options-third", "options-fourth", "options-blind-third")
CHECKS = ("options-final", "options-blind", "options-blind-second", "options-blind-fourth", "options-blind-fifth")
"""For a look at the end only, as `columns.CHECKS`."""


def decided(name: str) -> Iterator[tuple[str, str | None, OptionMatch]]:
    """Each text of a set, the right option's label, and what was decided."""
    for line in (DATA / f"{name}.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        options = [SelectOption(label=label, value=label) for label in case["options"]]
        matcher = OptionMatcher(options, language=case.get("language", "en"))
        for text, right in case["pairs"]:
            yield text, right, matcher.match(text)


def main() -> None:
    """Print automatic precision and recall of each set, what was wrong, and of the development sets what was missed."""
    for name in (*DEVELOPMENT, *CHECKS):
        results = list(decided(name))
        accepted = [(text, right, match) for text, right, match in results if match.value is not None]
        wrong = [(text, right, match) for text, right, match in accepted if match.value != right]
        wanted = [(text, right, match) for text, right, match in results if right is not None]
        missed = [(text, right, match) for text, right, match in wanted if match.value is None]
        found = len(accepted) - len(wrong)
        print(f"{name}: texts {len(results)}, with an option {len(wanted)}, accepted {len(accepted)}")
        print(f"  automatic precision {found / max(1, len(accepted)):.4f}  (wrong: {len(wrong)})")
        print(f"  automatic recall    {found / max(1, len(wanted)):.4f}")
        for title, cases in (("wrong", wrong), ("missed", [] if name in CHECKS else missed)):
            for text, right, match in cases:
                print(f"  {title}: {text!r} → {match.value}, right: {right} ({match.method})")


if __name__ == "__main__":
    main()
