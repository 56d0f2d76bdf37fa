from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.scoreboard.calibration import TARGET, counted, written
from benchmarks.scoreboard.columns import CHECKS, DATA, DEVELOPMENT, decided
from headgate.engine.match import ColumnDecision, RunnerUp, confidence
from headgate.engine.match.confidence import Calibration, calibrated, kind_of, smoothed
from headgate.engine.match.decisions import ColumnMethod, ColumnStatus

SAME = {"code": "same_meaning", "meaning": "phone"}
FITS = {"code": "type_fit", "type": "phone-number", "share": 0.9}


def decision(status: ColumnStatus = "accepted", method: ColumnMethod = "similar") -> ColumnDecision:
    runner = RunnerUp("fax", 0.9)
    return ColumnDecision(0, "Tel", "phone", status, method, 0.98, [SAME, FITS], [runner])


def table(taken: float) -> Calibration:
    return Calibration({"same_meaning values-for": taken}, {"same_meaning values-for": 0.4}, 0.99, 0.5, 0.98)


def test_a_kind_is_the_weakest_word_of_the_names_and_the_verdict_of_the_values() -> None:
    assert kind_of([SAME, FITS]) == "same_meaning values-for"
    assert kind_of([SAME, {"code": "neutral_word"}, FITS | {"share": 0.1}]) == "neutral_word values-against"
    assert kind_of([SAME, FITS, {"code": "values_repeat"}, {"code": "rival"}]) == "same_meaning values-against rival"
    assert kind_of([]) == "values"


def test_a_kind_that_errs_is_asked_about_and_nothing_else_looks_surer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confidence, "calibration", lambda: table(0.97))
    found = calibrated(decision())
    assert (found.status, found.confidence) == ("uncertain", 0.4)
    assert found.runners_up[0].confidence <= found.confidence


def test_a_kind_that_is_sure_is_taken_with_its_measured_confidence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confidence, "calibration", lambda: table(0.995))
    assert (calibrated(decision()).status, calibrated(decision()).confidence) == ("accepted", 0.995)


def test_a_question_never_becomes_a_match(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confidence, "calibration", lambda: table(1.0))
    assert calibrated(decision("uncertain")).status == "uncertain"


def test_what_was_not_found_by_likeness_stays_as_it_is() -> None:
    assert calibrated(decision(method="exact")) == decision(method="exact")


def test_few_cases_prove_little() -> None:
    assert smoothed(1, 2, 0.999) < 0.98 < smoothed(2, 2, 0.999)
    assert smoothed(0, 100, 0.999) < 0.1


def test_the_confidences_are_those_that_the_sets_give(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing_held_back = confidence.Calibration({}, {}, 1.0, 0.0, 0.0)
    monkeypatch.setattr(confidence, "calibration", lambda: nothing_held_back)
    results = [result for name in (*DEVELOPMENT, *CHECKS) for result in decided(DATA / f"{name}.jsonl")]
    taken, asked = counted(results)
    assert written(taken, asked) == TARGET.read_text("utf-8"), "Run python -m benchmarks.scoreboard.calibration."


def test_confidences_of_questions_agree_with_how_often_they_are_right_on_the_set_kept_back() -> None:
    named = [(right, d) for _, right, d in decided(DATA / "columns-final.jsonl") if d.field is not None]
    right = Counter(d.status for wanted, d in named if d.field == wanted)
    told = sum(d.confidence for _, d in named if d.status == "accepted")
    assert abs(told - right["accepted"]) <= 0.02 * sum(d.status == "accepted" for _, d in named)
