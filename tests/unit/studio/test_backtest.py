"""A back-test of one import as a worker does it: with what people decided and edited, and nothing of the import changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from headgate.imports.worker import Answered, RunJob, StudioJob
from headgate.studio.engine import answer
from tests.unit.engine.review.reviews import Journey, journey

FIELDS = [{"key": "name", "label": "Name"}, {"key": "amount", "label": "Amount", "type": "number"}]
CONTENT = "Quux;Amount\nAda;1\nAlan;two\nGrace;3\n"


def no_report(step: str, done: int, total: int) -> None:
    """Tells nobody."""


def reviewed(path: Path) -> Journey:
    """An import whose name column a person matched, and whose broken amount they corrected."""
    one = journey(path, CONTENT, FIELDS, invalidDataBehavior="BLOCK_SUBMIT", delimiter=";")
    assert one.run().status == "NEEDS_REVIEW"
    review = one.open()
    one.decide(review, "columns", columns={0: {"field": "name"}})
    review.advance("review")
    one.edit(review, [(2, 1, "2")])
    review.close()
    assert one.finish().status == "SUCCESSFUL"
    return one


def compared(one: Journey, path: Path, fields: list[dict[str, Any]], **parameters: Any) -> dict[str, Any]:
    settings = {"invalidDataBehavior": "BLOCK_SUBMIT", "delimiter": ";"}
    path.mkdir()
    run = RunJob(
        import_id="one", source=one.request.source, kind="file",
        document={"fields": FIELDS, "settings": settings, "hooks": {}}, filename="file.csv", user=None, memory=None,
        workdir=path,
    )  # fmt: skip
    given = {"document": run.document | {"fields": fields}, "status": "SUCCESSFUL", "renamed": {}} | parameters
    found = answer(StudioJob("compare", run, given, tuple(one.log)), no_report)
    assert isinstance(found, Answered)
    return found.value


def files_of(path: Path) -> dict[str, bytes]:
    return {str(one): one.read_bytes() for one in path.rglob("*") if one.is_file()}


def test_what_people_decided_and_edited_holds_in_both_runs(tmp_path: Path) -> None:
    one = reviewed(tmp_path)
    same = compared(one, tmp_path / "test-1", FIELDS)
    assert (same["state"], same["before"]["status"], same["after"]["status"]) == ("SAME", "SUCCESSFUL", "SUCCESSFUL")
    assert same["before"]["counts"]["delivered"] == 3


def test_a_changed_schema_is_told_by_rows_and_cells_that_people_had_corrected(tmp_path: Path) -> None:
    one = reviewed(tmp_path)
    fields = [FIELDS[0], FIELDS[1] | {"type": ["number", {"max": 2}]}]
    found = compared(one, tmp_path / "test-1", fields)
    assert found["state"] == "DIFFERS"
    assert found["summary"][0]["code"] == "status_differs"
    assert found["after"]["issues"]["error"] == 1
    (row,) = found["examples"]
    assert (row["source_row"], row["cells"][0]["before"], row["cells"][0]["after"]) == (4, 3, None)


def test_a_decision_goes_along_with_a_field_that_has_another_key(tmp_path: Path) -> None:
    one = reviewed(tmp_path)
    fields = [FIELDS[0] | {"key": "client"}, FIELDS[1]]
    found = compared(one, tmp_path / "test-1", fields, renamed={"name": "client"})
    assert found["state"] == "SAME"
    assert compared(one, tmp_path / "test-2", fields)["state"] == "DIFFERS"


def test_nothing_of_the_import_changes(tmp_path: Path) -> None:
    (tmp_path / "import").mkdir()
    one = reviewed(tmp_path / "import")
    before = files_of(tmp_path / "import")
    compared(one, tmp_path / "work", [FIELDS[0]])
    assert files_of(tmp_path / "import") == before


def test_an_import_that_no_longer_ends_well_with_its_own_schema_is_not_testable(tmp_path: Path) -> None:
    one = reviewed(tmp_path)
    one.log.clear()
    found = compared(one, tmp_path / "test-1", FIELDS)
    assert (found["state"], found["reason"]["code"]) == ("NOT_TESTABLE", "before_failed")
