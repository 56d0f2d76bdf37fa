"""What cannot be done is said in the reviewer's language."""

from __future__ import annotations

import re
from pathlib import Path

import headgate.engine.review
from headgate.engine.messages import Texts
from headgate.engine.review.log import RefusedChangeError
from headgate.engine.review.refusals import REFUSALS, refused


def test_a_refusal_is_in_english_for_programs_and_in_their_language_for_people() -> None:
    refusal = refused("unknown_option", "no_such_option", value="gold", field="Plan")
    assert (refusal.code, str(refusal)) == (
        "unknown_option",
        '"gold" is no option of "Plan". Choose one of its options.',
    )
    assert (
        Texts("de").refusal(refusal)
        == "„gold“ ist keine Option des Feldes „Plan“. Wählen Sie eine seiner Optionen aus."
    )


def test_a_schema_may_say_it_in_its_own_words() -> None:
    texts = Texts("de", {"refusal.row_gone": "Weg."})
    assert texts.refusal(refused("unknown_row", "row_gone")) == "Weg."


def test_what_only_a_faulty_client_causes_is_said_as_it_is() -> None:
    assert Texts("de").refusal(RefusedChangeError("unknown_step", "There is no step 'x'.")) == "There is no step 'x'."


def test_every_text_is_used() -> None:
    sources = [path.read_text("utf-8") for path in Path(headgate.engine.review.__path__[0]).rglob("*.py")]
    used = {name for source in sources for name in re.findall(r'refused\(\s*"\w+",\s*"(\w+)"', source)}
    assert used == set(REFUSALS)
