"""The dashboard of admins, as people use it: a real browser on a real service, from its first start on."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import standardwebhooks
from playwright.sync_api import Browser, Page, expect

from headgate.accounts.cookies import PLAIN_NAME
from tests.browser.axe import troubles_everywhere, violations_in_both_themes
from tests.browser.first_start import ADMIN, COLLEAGUE, Started, Webhook, once, set_up, sign_in, someone
from tests.browser.studio import join
from tests.browser.studio import sign_in as studio_sign_in
from tests.contract.harness import Service
from tests.receiver import Receiver

PAGES = (
    "/webhooks", "/webhooks/new", "/webhooks/deliveries", "/settings", "/settings/keys", "/settings/members",
    "/settings/audit", "/memory", "/recipes", "/account",
)  # fmt: skip
FROM_PAGE = {"X-Headgate-Request": "1"}


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Started]:
    """The first start: the setup link of the log, a form, and the person is inside."""
    with Receiver() as receiver:
        service = Service(
            tmp_path_factory.mktemp("first") / "data", workers=1, webhook_private_hosts=f"127.0.0.1:{receiver.port}"
        ).start()
        try:
            found = re.search(r"http://\S+/setup#\S+", service.log.read_text("utf-8"))
            assert found, "the log has no setup link"
            with someone(browser) as context:
                set_up(context.new_page(), found[0])
            yield Started(service, receiver, found[0])
        finally:
            service.kill()


@pytest.fixture
def admin(page: Page, started: Started) -> Page:
    """A page of the admin's browser."""
    answer = httpx.post(f"{started.address}/api/v1/account/sign_in/", json=ADMIN, headers=FROM_PAGE)
    page.context.add_cookies([{"name": PLAIN_NAME, "value": answer.cookies[PLAIN_NAME], "url": started.address}])
    return page


def test_a_setup_link_works_once_and_leads_to_the_sign_in_afterwards(page: Page, started: Started) -> None:
    page.goto(started.link)
    expect(page.get_by_text("This headgate is set up already.")).to_be_visible()
    page.get_by_role("link", name="Sign in").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert violations_in_both_themes(page) == []


def test_who_signs_in_comes_to_the_page_that_was_asked_for_and_a_wrong_password_is_said(
    page: Page, started: Started
) -> None:
    sign_in(page, started, ADMIN["email"], "not the password", "/settings/audit")
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Password", exact=True).fill(ADMIN["password"])
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Audit log")).to_be_visible()
    expect(page.get_by_text("Set headgate up")).to_be_visible()


def test_a_sign_in_leads_to_no_other_site(page: Page, started: Started) -> None:
    sign_in(page, started, ADMIN["email"], ADMIN["password"], "/sign-in?next=//example.com/imports")
    expect(page.get_by_role("button", name="Engines")).to_be_visible()
    assert page.url.startswith(started.address)


def test_signing_out_ends_the_session(admin: Page, started: Started) -> None:
    admin.goto(f"{started.address}/settings/keys")
    (cookie,) = [one for one in admin.context.cookies() if one["name"] == PLAIN_NAME]
    admin.get_by_role("button", name="Engines").click()
    admin.get_by_role("menuitem", name="Sign out").click()
    expect(admin.get_by_role("heading", name="Sign in")).to_be_visible()
    answer = httpx.get(f"{started.address}/api/v1/account/me/", cookies={PLAIN_NAME: cookie["value"]})
    assert answer.status_code == 401
    admin.goto(f"{started.address}/settings/keys")
    expect(admin.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_new_webhook_shows_its_secret_once_and_its_test_event_arrives(admin: Page, started: Started) -> None:
    url = f"http://127.0.0.1:{started.receiver.port}/hook"
    admin.goto(f"{started.address}/webhooks/new")
    admin.get_by_label("URL").fill("ftp://example.com")
    admin.get_by_role("button", name="Create webhook").click()
    expect(admin.get_by_label("URL")).to_have_attribute("aria-invalid", "true")
    admin.get_by_label("URL").fill(url)
    admin.get_by_role("button", name="Create webhook").click()
    assert once(admin, "Secret").startswith("whsec_")
    admin.get_by_role("button", name="I have kept it").click()
    expect(admin.get_by_role("heading", name=url)).to_be_visible()
    admin.get_by_role("button", name="Send a test event").click()
    expect(admin.get_by_text(re.compile("The receiver answered 200"))).to_be_visible()
    (received,) = [one for one in started.receiver.requests if one.path == "/hook"]
    assert json.loads(received.body)["event"] == "test"
    admin.get_by_role("link", name="Test").click()
    expect(admin.get_by_role("heading", name="What is sent")).to_be_visible()
    assert violations_in_both_themes(admin) == []


@pytest.fixture
def webhook(admin: Page, started: Started) -> Webhook:
    url = f"http://127.0.0.1:{started.receiver.port}/{uuid.uuid4().hex}"
    api = f"{started.address}/api/v1/webhooks/"
    made = admin.request.post(api, data={"url": url, "description": "first"}, headers=FROM_PAGE).json()
    admin.goto(f"{started.address}/webhooks/{made['id']}")
    expect(admin.get_by_role("heading", name=url)).to_be_visible()
    return Webhook(url.rpartition("/")[2], f"{api}{made['id']}/", made["secret"])


def test_a_new_secret_signs_beside_the_one_before_until_that_ends(
    admin: Page, started: Started, webhook: Webhook
) -> None:
    admin.get_by_role("button", name="Make a new secret").click()
    dialog = admin.get_by_role("dialog", name="New secret")
    expect(dialog.get_by_label("stay valid for a day")).to_be_checked()
    assert violations_in_both_themes(admin) == []
    dialog.get_by_role("button", name="Make a new secret").click()
    fresh = once(admin, "Secret")
    dialog.get_by_role("button", name="I have kept it").click()
    expect(admin.get_by_role("table", name="Secrets").get_by_role("row")).to_have_count(3)
    admin.get_by_role("button", name="Send a test event").click()
    expect(admin.get_by_text(re.compile("The receiver answered 200"))).to_be_visible()
    (received,) = [one for one in started.receiver.requests if one.path == f"/{webhook.path}"]
    assert fresh != webhook.secret
    for secret in (fresh, webhook.secret):
        signed = standardwebhooks.Webhook(secret).verify(received.body, received.headers)
        assert signed["event"] == "test"


def test_the_form_of_a_webhook_sends_only_what_was_changed_in_it(admin: Page, webhook: Webhook) -> None:
    save = admin.get_by_role("button", name="Save", exact=True)
    expect(save).to_be_disabled()
    admin.get_by_label("Failed").check()
    changed = admin.request.patch(webhook.api, data={"description": "by somebody else"}, headers=FROM_PAGE)
    assert changed.ok, changed.text()
    with admin.expect_request(lambda request: request.method == "PATCH") as sent:
        save.click()
    assert list(json.loads(sent.value.post_data or "")) == ["events"]
    expect(admin.get_by_label("Note")).to_have_value("by somebody else")
    expect(save).to_be_disabled()
    assert admin.request.get(webhook.api).json()["description"] == "by somebody else"


def test_a_form_asks_before_it_is_left_unsaved_by_link_way_back_closing_and_signing_out(
    admin: Page, started: Started, webhook: Webhook
) -> None:
    admin.goto(f"{started.address}/webhooks")
    admin.get_by_role("link", name=re.compile(webhook.path)).click()
    note = admin.get_by_label("Note")
    note.fill("not saved")
    dialog = admin.get_by_role("dialog", name="Leave without saving?")
    stay = dialog.get_by_role("button", name="Stay here")
    admin.get_by_role("link", name="Imports").click()
    expect(stay).to_be_focused()
    assert troubles_everywhere(admin) == []
    stay.click()
    admin.evaluate("history.back()")
    stay.click()
    admin.get_by_role("button", name="Engines").click()
    admin.get_by_role("menuitem", name="Sign out").click()
    stay.click()
    expect(note).to_have_value("not saved")
    with admin.expect_event("dialog") as asked:
        admin.once("dialog", lambda one: one.dismiss())
        admin.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    admin.get_by_role("link", name="Imports").click()
    dialog.get_by_role("button", name="Leave", exact=True).click()
    expect(admin.get_by_role("heading", name="Imports")).to_be_visible()
    assert admin.request.get(webhook.api).json()["description"] == "first"


def test_a_key_may_what_was_chosen_until_its_last_day_or_until_it_is_revoked(admin: Page, started: Started) -> None:
    admin.goto(f"{started.address}/settings/keys")
    admin.get_by_role("button", name="New key").click()
    admin.get_by_label("Name").fill("Nightly import")
    for scope in ("Create, change and delete schemas", "Create, change and delete webhooks"):
        admin.get_by_label(scope).uncheck()
    admin.get_by_label("See schemas").check()
    admin.get_by_label("Last day").fill("2999-12-31")
    admin.get_by_role("button", name="Make the key").click()
    key = {"X-Dromo-License-Key": once(admin, "API key")}
    schemas = f"{started.address}/api/v1/schemas/"
    assert httpx.get(schemas, headers=key).status_code == 200
    assert httpx.post(schemas, headers=key, json={}).status_code == 403
    assert httpx.get(f"{started.address}/api/v1/account/keys/", headers=key).status_code == 403
    admin.get_by_role("button", name="I have kept it").click()
    row = admin.get_by_role("row", name="Nightly import")
    expect(row).to_contain_text("2999")
    expect(row).to_contain_text("See schemas")
    admin.get_by_role("button", name="Revoke Nightly import").click()
    admin.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    expect(row).to_contain_text("Revoked")
    assert httpx.get(schemas, headers=key).status_code == 401


def test_somebody_who_is_invited_joins_as_member_and_sees_no_pages_of_admins(
    admin: Page, started: Started, browser: Browser
) -> None:
    admin.goto(f"{started.address}/settings/members")
    admin.get_by_role("button", name="Invite somebody").click()
    admin.get_by_label("E-mail address").fill("grace@example.com")
    admin.get_by_role("button", name="Make the link").click()
    link = once(admin, "Link")
    with someone(browser) as context:
        page = context.new_page()
        page.goto(link)
        expect(page.get_by_role("heading", name="Join Engines")).to_be_visible()
        page.get_by_label("Your name").fill("Grace")
        page.get_by_label("Password", exact=True).fill("a compiler of my own")
        page.get_by_role("button", name="Join").click()
        expect(page.get_by_role("link", name="Imports")).to_be_visible()
        expect(page.get_by_role("link", name="API keys")).to_have_count(0)
        page.goto(f"{started.address}/settings/keys")
        expect(page.get_by_role("heading", name="This page is for admins")).to_be_visible()
        refused = page.request.get(f"{started.address}/api/v1/account/keys/")
        assert refused.status == 403
        page.goto(link)
        expect(page.get_by_text("Ask the person who invited you for a new link.")).to_be_visible()


def test_an_admin_gives_a_link_by_which_somebody_sets_a_new_password_and_is_signed_out_elsewhere(
    admin: Page, started: Started, browser: Browser
) -> None:
    with someone(browser) as theirs:
        join(admin.context, started.service, COLLEAGUE)
        studio_sign_in(theirs, started.service, COLLEAGUE)
        admin.goto(f"{started.address}/settings/members")
        admin.get_by_role("button", name="More for Grace Hopper").click()
        admin.get_by_role("menuitem", name="Make a link to set a new password").click()
        link = once(admin, "Link")
        page = theirs.new_page()
        page.goto(link)
        expect(page.get_by_text(COLLEAGUE["email"])).to_be_visible()
        page.get_by_label("New password").fill("short")
        page.get_by_role("button", name="Set the password").click()
        expect(page.get_by_text("Choose at least 12 characters.")).to_be_visible()
        assert violations_in_both_themes(page) == []
        page.get_by_label("New password").fill("another compiler of mine")
        page.get_by_role("button", name="Set the password").click()
        expect(page.get_by_role("heading", name="Your password is set")).to_be_visible()
        assert page.request.get(f"{started.address}/api/v1/account/me/").status == 401
        sign_in(page, started, COLLEAGUE["email"], COLLEAGUE["password"])
        expect(page.get_by_role("alert")).to_be_visible()
        sign_in(page, started, COLLEAGUE["email"], "another compiler of mine")
        expect(page.get_by_role("button", name="Engines")).to_be_visible()
        page.goto(link)
        expect(page.get_by_text("Ask an admin of your organization for a new link.")).to_be_visible()


def test_another_organization_is_made_switched_to_and_deleted_by_its_name(admin: Page, started: Started) -> None:
    admin.goto(f"{started.address}/settings")
    admin.get_by_role("button", name="New organization").click()
    admin.get_by_role("dialog").get_by_label("Name").fill("Looms")
    admin.get_by_role("button", name="Create", exact=True).click()
    expect(admin.get_by_role("dialog")).to_have_count(0)
    admin.get_by_role("button", name="Engines").click()
    admin.get_by_role("menuitem", name="Looms").click()
    expect(admin.get_by_role("button", name="Looms")).to_be_visible()
    expect(admin.get_by_role("heading", name="There is no import yet")).to_be_visible()
    admin.goto(f"{started.address}/settings")
    admin.get_by_role("button", name="Delete this organization").click()
    dialog = admin.get_by_role("dialog", name="Delete Looms?")
    name = dialog.get_by_label("Type the name of the organization to confirm")
    name.fill("Engines")
    dialog.get_by_role("button", name="Delete everything").click()
    expect(dialog.get_by_role("alert")).to_be_visible()
    assert violations_in_both_themes(admin) == []
    name.fill("Looms")
    dialog.get_by_role("button", name="Delete everything").click()
    expect(admin.get_by_role("button", name="Engines")).to_be_visible()
    me = admin.request.get(f"{started.address}/api/v1/account/me/").json()
    assert [one["name"] for one in me["organizations"]] == ["Engines"]


def test_what_was_learned_can_be_imported_corrected_and_forgotten(
    admin: Page, started: Started, tmp_path: Path
) -> None:
    name = "a/b? c"
    headers = [{"header": "Mail", "field": "email", "count": 3, "last_used": "2026-01-02T00:00:00Z"}]
    file = tmp_path / "memory.json"
    file.write_text(json.dumps({"import_identifier": name, "headers": headers, "values": []}), "utf-8")
    admin.goto(f"{started.address}/memory")
    with admin.expect_file_chooser() as chooser:
        admin.get_by_role("button", name="Import a file").click()
    chooser.value.set_files(file)
    admin.get_by_role("dialog").get_by_role("button", name="Import").click()
    admin.get_by_role("link", name=name).click()
    admin.get_by_role("button", name="Change Mail").click()
    admin.get_by_role("textbox", name="Field").fill("contact")
    admin.get_by_role("button", name="Save").click()
    expect(admin.get_by_role("row", name="Mail")).to_contain_text("contact")
    assert violations_in_both_themes(admin) == []
    admin.get_by_role("button", name="Forget all").click()
    admin.get_by_role("dialog").get_by_role("button", name="Forget all").click()
    expect(admin.get_by_text("Nothing has been learned yet")).to_be_visible()


def test_every_page_can_be_used_with_assistive_technology_and_on_a_small_phone(admin: Page, started: Started) -> None:
    found = {}
    for path in PAGES:
        admin.goto(f"{started.address}{path}")
        expect(admin.locator("main h1")).to_be_visible()
        expect(admin.locator("main [role=status]")).to_have_count(0)
        found[path] = troubles_everywhere(admin)
    assert found == {path: [] for path in PAGES}


def test_a_page_can_be_read_from_right_to_left(admin: Page, started: Started) -> None:
    admin.goto(f"{started.address}/settings/members?dir=rtl")
    expect(admin.get_by_role("table", name="Members")).to_be_visible()
    assert admin.locator("html").get_attribute("dir") == "rtl"
    navigation = admin.get_by_role("navigation", name="Pages").bounding_box()
    heading = admin.get_by_role("heading", name="Members", exact=True).bounding_box()
    assert navigation
    assert heading
    assert navigation["x"] > heading["x"]


def test_the_navigation_of_a_phone_opens_by_keyboard_and_leads_to_a_page(admin: Page, started: Started) -> None:
    admin.set_viewport_size({"width": 360, "height": 740})
    admin.goto(f"{started.address}/account")
    menu = admin.get_by_role("button", name="Menu")
    menu.focus()
    admin.keyboard.press("Enter")
    link = admin.get_by_role("dialog").get_by_role("link", name="Audit log")
    link.focus()
    admin.keyboard.press("Enter")
    expect(admin.get_by_role("heading", name="Audit log")).to_be_visible()
    expect(admin.get_by_role("dialog")).to_have_count(0)


def test_what_the_audit_log_shows_can_be_taken_along_as_a_file(admin: Page, started: Started) -> None:
    admin.goto(f"{started.address}/settings/audit")
    admin.get_by_role("combobox", name="Kind").click()
    admin.get_by_role("option", name="Signing in and out").click()
    with admin.expect_download() as arriving:
        admin.get_by_role("link", name="Download").click()
    assert arriving.value.suggested_filename == "audit-log.csv"
    lines = Path(arriving.value.path()).read_text("utf-8").splitlines()
    assert all(",session." in line for line in lines[1:])
    assert len(lines) > 1


def test_a_page_far_below_the_root_finds_its_parts_and_what_is_not_there_is_said(admin: Page, started: Started) -> None:
    admin.goto(f"{started.address}/webhooks/deliveries/00000000-0000-4000-8000-000000000000")
    expect(admin.get_by_role("alert")).to_be_visible()
    admin.goto(f"{started.address}/settings/nothing%2Fhere/below")
    expect(admin.get_by_role("heading", name="There is no page at this address")).to_be_visible()


def test_the_chosen_language_stays(admin: Page, started: Started) -> None:
    admin.goto(f"{started.address}/account")
    admin.get_by_role("button", name="Language").click()
    admin.get_by_role("menuitem", name="Deutsch").click()
    expect(admin.locator("html")).to_have_attribute("lang", "de")
    admin.reload()
    expect(admin.locator("html")).to_have_attribute("lang", "de")
