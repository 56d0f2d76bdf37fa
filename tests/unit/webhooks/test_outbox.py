"""What is written when the status of an import changes: for whom, in what words, and in which transaction."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import undefer

from headgate.accounts.service import AccountService
from headgate.imports.models import Import
from headgate.imports.states import Status, transition
from headgate.webhooks.models import WebhookEvent
from tests.unit.webhooks.conftest import World

USER = {"id": "u1", "name": "Ada", "email": "ada@example.com", "companyId": "c1", "companyName": "Engines"}


def bodies(world: World) -> list[dict[str, Any]]:
    with world.database.read() as session:
        events = session.scalars(select(WebhookEvent).options(undefer(WebhookEvent.body)))
        return [json.loads(event.body) for event in events if event.body]


def test_a_completed_import_is_told_with_everything_but_its_urls(world: World) -> None:
    world.webhook()
    import_id = world.add_import(original_filename="people.csv", user=USER, import_identifier="People")
    world.move(
        import_id, Status.RUNNING, Status.SUCCESSFUL, has_result=True, counts={"read": 9},
        result_metadata={"deliveredRows": 7, "developmentMode": False}, decisions={"rows": {"read": 9}},
    )  # fmt: skip
    (body,) = bodies(world)
    assert body["event"] == "import_completed"
    headless = body["data"].pop("headless")
    with world.database.read() as session:
        row = session.get_one(Import, import_id)
        assert row.finished_at is not None
        finished = row.finished_at.isoformat(timespec="microseconds").replace("+00:00", "Z")
    assert body["data"] == {
        "id": str(import_id),
        "filename": "people.csv",
        "user": {"id": "u1", "name": "Ada", "email": "ada@example.com", "company_id": "c1", "company_name": "Engines"},
        "created_date": finished,
        "import_type": "HEADLESS",
        "status": "SUCCESSFUL",
        "num_data_rows": 7,
        "development_mode": False,
        "has_data": True,
    }
    assert set(headless) == {
        "id", "schema_id", "status", "original_filename", "created_date", "modified_date", "upload",
        "result_metadata", "import_errors",
    }  # fmt: skip
    assert headless["upload"] is None
    assert headless["status"] == "SUCCESSFUL"
    assert headless["result_metadata"]["decisions"] == {"rows": {"read": 9}}


def test_an_import_without_file_user_or_data_says_so_with_null(world: World) -> None:
    world.webhook()
    import_id = world.add_import(Status.AWAITING_UPLOAD)
    error = {"code": "upload_expired", "message": "Nothing was uploaded."}
    world.move(import_id, Status.AWAITING_UPLOAD, Status.FAILED, import_errors=[error])
    (body,) = bodies(world)
    assert body["event"] == "headless_import_failed"
    data = body["data"]
    assert (data["filename"], data["user"], data["num_data_rows"], data["has_data"]) == (None, None, None, False)
    assert data["headless"]["import_errors"] == [error]


def test_a_review_is_told_twice_as_the_import_stood_each_time(world: World) -> None:
    world.webhook()
    import_id = world.add_import()
    world.move(import_id, Status.RUNNING, Status.NEEDS_REVIEW, counts={"read": 3})
    world.move(import_id, Status.NEEDS_REVIEW, Status.SUCCESSFUL, has_result=True, result_metadata={"deliveredRows": 2})
    first, second = sorted(bodies(world), key=lambda body: body["data"]["created_date"])
    assert (first["event"], first["data"]["headless"]["status"]) == ("headless_import_needs_review", "NEEDS_REVIEW")
    assert first["data"]["num_data_rows"] == 3
    assert "review_url" not in first["data"]["headless"]
    assert (second["event"], second["data"]["headless"]["status"]) == ("import_completed", "SUCCESSFUL")
    assert [(row.position, row.state) for row in world.rows()] == [(0, "pending"), (1, "pending")]
    assert len({row.lane for row in world.rows()}) == 1


def test_nothing_is_told_of_what_is_rolled_back(world: World) -> None:
    world.webhook()
    import_id = world.add_import()

    def fail() -> None:
        with world.database.write() as session:
            assert transition(session, import_id, Status.RUNNING, Status.SUCCESSFUL)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert world.rows() == []
    assert bodies(world) == []


def test_a_change_that_lost_the_race_tells_nothing(world: World) -> None:
    world.webhook()
    import_id = world.ended()
    with world.database.write() as session:
        assert not transition(session, import_id, Status.RUNNING, Status.SUCCESSFUL)
    assert len(world.rows()) == 1


@pytest.mark.parametrize(("source", "target"), [("AWAITING_UPLOAD", "PENDING"), ("PENDING", "RUNNING")])
def test_the_way_to_the_end_is_not_told(world: World, source: str, target: str) -> None:
    world.webhook()
    import_id = world.add_import(Status(source), settings={"webhookUrl": "https://basic.example/"})
    world.move(import_id, Status(source), Status(target))
    assert world.rows() == []


def test_several_listeners_get_a_delivery_each(world: World) -> None:
    world.webhook("https://a.example/")
    world.webhook("https://b.example/")
    world.ended({"webhookUrl": "https://Basic.example"})
    assert world.sent_to() == ["https://a.example/", "https://b.example/", "https://basic.example/"]
    assert [row.webhook_id is None for row in sorted(world.rows(), key=lambda row: row.url)] == [False, False, True]
    assert len(bodies(world)) == 1


def test_each_filter_narrows_what_a_webhook_hears(world: World) -> None:
    schema = world.schemas.create(
        world.organization,
        {"name": "S", "fields": [{"key": "a", "label": "A"}], "settings": {"importIdentifier": "S"}},
    )
    world.webhook("https://all.example/")
    world.webhook("https://leads.example/", import_identifiers=["Leads"])
    world.webhook("https://schema.example/", schema_ids=[str(schema.id)])
    world.webhook("https://either.example/", schema_ids=[str(schema.id)], import_identifiers=["Leads"])
    world.webhook("https://failed.example/", events=["headless_import_failed"])
    world.webhook("https://off.example/", enabled=False)
    world.webhook("https://development.example/", development_mode=True)

    def heard(**values: Any) -> set[str]:
        before = {row.id for row in world.rows()}
        world.ended(**values)
        return {row.receiver.split(".")[0] for row in world.rows() if row.id not in before}

    assert heard() == {"all"}
    assert heard(import_identifier="Leads") == {"all", "leads", "either"}
    assert heard(import_identifier="leads", schema_id=schema.id) == {"all", "schema", "either"}
    assert heard(settings={"developmentMode": True}, import_identifier="Leads") == {"development"}


def test_development_mode_is_as_the_hooks_decided_where_they_did(world: World) -> None:
    world.webhook("https://real.example/")
    world.webhook("https://development.example/", development_mode=True)
    import_id = world.add_import(settings={"developmentMode": True})
    world.move(import_id, Status.RUNNING, Status.SUCCESSFUL, result_metadata={"developmentMode": False})
    assert world.sent_to() == ["https://real.example/"]
    assert bodies(world)[0]["data"]["development_mode"] is False


def test_another_organization_hears_nothing(world: World) -> None:
    other = AccountService(world.database).create_organization("Other")
    world.service.create(other, {"url": "https://other.example/"})
    world.ended()
    assert world.rows() == []


def test_basic_webhooks_hear_of_completion_and_review_each_at_its_own_url(world: World) -> None:
    settings = {"webhookUrl": "https://done.example/", "needsReviewWebhookUrl": "https://review.example/"}
    import_id = world.add_import(settings=settings)
    world.move(import_id, Status.RUNNING, Status.NEEDS_REVIEW)
    assert world.sent_to() == ["https://review.example/"]
    world.move(import_id, Status.NEEDS_REVIEW, Status.SUCCESSFUL)
    assert world.sent_to() == ["https://done.example/", "https://review.example/"]
    failing = world.add_import(settings=settings)
    world.move(failing, Status.RUNNING, Status.FAILED)
    assert len(world.rows()) == 2
    assert bodies(world) == []


def test_what_belongs_to_a_deleted_import_goes_with_it(world: World) -> None:
    world.webhook()
    gone, kept = world.ended(), world.ended()
    with world.database.write() as session:
        session.delete(session.get_one(Import, gone))
    assert [details.event.import_id for details in world.listed()] == [kept]
    assert len(bodies(world)) == 1


def test_many_imports_that_change_at_once_are_all_told(world: World) -> None:
    from headgate.imports.states import transition_all

    world.webhook()
    ids: list[uuid.UUID] = [world.add_import(Status.AWAITING_UPLOAD) for _ in range(30)]
    with world.database.write() as session:
        moved = transition_all(session, [Import.id.in_(ids)], Status.AWAITING_UPLOAD, Status.FAILED)
    assert len(moved) == 30
    assert {details.event.import_id for details in world.listed()} == set(ids)
