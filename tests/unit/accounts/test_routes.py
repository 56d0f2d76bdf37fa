"""Getting in, being somebody, getting out, over HTTP."""

from __future__ import annotations

import threading
from http.cookies import SimpleCookie

import pytest

from headgate.accounts.models import User
from headgate.accounts.scopes import Scope
from tests.unit.accounts.conftest import PASSWORD, MakeOffice, Office, token_of, user_id

GOOD = {"email": "ada@example.com", "password": PASSWORD}


def test_the_first_person_sets_up_and_is_admin_of_the_organization_that_was_there(office: Office) -> None:
    browser = office.browser()
    assert browser.get("/setup/").json() == {"needed": True}
    link = office.accounts.joining.make_setup_link(office.organization)
    body = {
        "token": link.token,
        "email": " Ada@Example.com ",
        "name": "Ada",
        "password": PASSWORD,
        "organization": "Acme",
    }
    answer = browser.post("/setup/", json=body)
    assert answer.status_code == 201
    me = browser.get("/me/").json()
    assert me == answer.json()
    assert me["user"]["email"] == "ada@example.com"
    assert (me["organization"]["id"], me["organization"]["name"]) == (str(office.organization), "Acme")
    assert me["organization"]["role"] == "admin"
    assert "admin" in me["scopes"]
    assert browser.get("/setup/").json() == {"needed": False}


def test_a_setup_link_works_once_and_all_others_end_with_it(office: Office) -> None:
    links = [office.accounts.joining.make_setup_link(office.organization) for _ in range(2)]
    body = {"email": "ada@example.com", "name": "Ada", "password": PASSWORD}
    assert office.browser().post("/setup/", json=body | {"token": links[0].token}).status_code == 201
    for link in links:
        assert office.browser().post("/setup/", json=body | {"token": link.token}).status_code == 403


def test_two_who_open_the_setup_link_at_once_become_one_account(office: Office) -> None:
    token = office.accounts.joining.make_setup_link(office.organization).token
    start, codes = threading.Barrier(2), []

    def set_up(name: str) -> None:
        browser = office.browser()
        start.wait()
        body = {"token": token, "email": f"{name}@example.com", "name": name, "password": PASSWORD}
        codes.append(browser.post("/setup/", json=body).status_code)

    threads = [threading.Thread(target=set_up, args=(name,)) for name in ("ada", "bob")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [201, 403]
    with office.database.read() as session:
        assert session.query(User).count() == 1


@pytest.mark.parametrize("password", ["", "short", "a" * 30, "ab" * 20, "ada@example.com", "x" * 1001])
def test_a_useless_password_is_refused_in_words_and_uses_no_link_up(office: Office, password: str) -> None:
    token = office.accounts.joining.make_setup_link(office.organization).token
    body = {"token": token, "email": "ada@example.com", "name": "Ada", "password": password}
    answer = office.browser().post("/setup/", json=body)
    assert answer.status_code == 400
    assert answer.json()["password"][0].startswith("Choose a password")
    assert office.browser().post("/setup/", json=body | {"password": PASSWORD}).status_code == 201


@pytest.mark.parametrize(
    "change",
    [
        {"email": "nobody"},
        {"email": "a b@example.com"},
        {"email": "a@b\x00c"},
        {"name": " "},
        {"name": 3},
        {"token": None},
    ],
)
def test_what_is_wrong_with_a_body_is_named(office: Office, change: dict[str, object]) -> None:
    token = office.accounts.joining.make_setup_link(office.organization).token
    body = {"token": token, "email": "ada@example.com", "name": "Ada", "password": PASSWORD} | change
    answer = office.browser().post("/setup/", json=body)
    assert answer.status_code == 400
    assert list(answer.json()) == list(change)
    assert PASSWORD not in answer.text


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(office: Office) -> None:
    office.admin()
    answer = office.browser().post("/sign_in/", json=GOOD)
    (cookie,) = SimpleCookie(answer.headers["set-cookie"]).values()
    assert cookie.key == "headgate_session"
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "lax", "/", "")
    assert not cookie["secure"]
    assert answer.headers["cache-control"] == "no-store"
    assert cookie.value not in answer.text


@pytest.mark.parametrize(("scheme", "public"), [("https", None), ("http", "https://imports.example.com/x")])
def test_over_https_the_cookie_is_secure_and_bound_to_the_host(
    make_office: MakeOffice, scheme: str, public: str | None
) -> None:
    secure = make_office(public_url=public)
    secure.admin()
    browser = secure.browser(scheme=scheme)
    answer = browser.post("/sign_in/", json=GOOD)
    (cookie,) = SimpleCookie(answer.headers["set-cookie"]).values()
    assert cookie.key == "__Host-headgate_session"
    assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")
    header = {"Cookie": f"{cookie.key}={cookie.value}"}
    assert secure.browser(scheme=scheme).get("/me/", headers=header).status_code == 200
    unsafe = {"Cookie": f"headgate_session={cookie.value}"}
    assert secure.browser(scheme=scheme).get("/me/", headers=unsafe).status_code == 401


def test_each_sign_in_makes_a_new_session_and_ends_the_one_that_the_browser_had(office: Office) -> None:
    browser = office.admin()
    before = browser.cookies["headgate_session"]
    assert browser.post("/sign_in/", json=GOOD).status_code == 200
    assert browser.cookies["headgate_session"] != before
    assert office.browser().get("/me/", headers={"Cookie": f"headgate_session={before}"}).status_code == 401


def test_a_session_that_somebody_planted_is_never_taken_over(office: Office) -> None:
    office.admin()
    planted = "x" * 43
    victim = office.browser().post("/sign_in/", json=GOOD, headers={"Cookie": f"headgate_session={planted}"})
    assert victim.cookies["headgate_session"] != planted
    attacker = office.browser().get("/me/", headers={"Cookie": f"headgate_session={planted}"})
    assert attacker.status_code == 401


def test_signing_out_ends_the_session_on_the_server_too(office: Office) -> None:
    browser = office.admin()
    token = browser.cookies["headgate_session"]
    assert browser.post("/sign_out/").status_code == 204
    assert "headgate_session" not in browser.cookies
    assert office.browser().get("/me/", headers={"Cookie": f"headgate_session={token}"}).status_code == 401


def test_an_unknown_address_and_a_wrong_password_get_the_same_answer(office: Office) -> None:
    office.admin()
    answers = [
        office.browser().post("/sign_in/", json={"email": email, "password": "wrong wrong wrong"})
        for email in ("ada@example.com", "nobody@example.com")
    ]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].json() == answers[1].json()
    first, second = ({name: value for name, value in answer.headers.items() if name != "date"} for answer in answers)
    assert first == second


def test_people_change_their_name_and_password_and_other_browsers_are_signed_out(office: Office) -> None:
    browser = office.admin()
    other = office.sign_in("ada@example.com")
    assert browser.patch("/me/", json={"name": "Ada L."}).json()["user"]["name"] == "Ada L."
    new = "another long password"
    wrong = browser.post("/password/", json={"current_password": "wrong", "new_password": new})
    assert (wrong.status_code, list(wrong.json())) == (400, ["current_password"])
    assert browser.post("/password/", json={"current_password": PASSWORD, "new_password": new}).status_code == 200
    assert browser.get("/me/").status_code == 200
    assert other.get("/me/").status_code == 401
    assert office.browser().post("/sign_in/", json=GOOD).status_code == 401
    office.sign_in("ada@example.com", new)


def test_people_see_and_end_their_own_sessions_only(office: Office) -> None:
    browser, other = office.admin(), office.sign_in("ada@example.com")
    bob = office.invited(browser)
    rows = browser.get("/sessions/").json()
    assert [row["current"] for row in rows].count(True) == 1
    (theirs,) = [row["id"] for row in rows if not row["current"]]
    assert bob.delete(f"/sessions/{theirs}/").status_code == 404
    assert other.get("/me/").status_code == 200
    assert browser.delete(f"/sessions/{theirs}/").status_code == 204
    assert other.get("/me/").status_code == 401
    assert len(browser.get("/sessions/").json()) == 1


def test_an_invitation_makes_a_member_once(office: Office) -> None:
    admin = office.admin()
    made = admin.post("/invitations/", json={"email": "Bob@example.com", "role": "member"}).json()
    assert made["url"].startswith(f"http://{office.host}/invitation#")
    token = token_of(made["url"])
    look = office.browser().post("/invitations/look/", json={"token": token}).json()
    assert (look["email"], look["role"], look["has_account"]) == ("bob@example.com", "member", False)
    browser = office.browser()
    assert list(browser.post("/invitations/accept/", json={"token": token, "password": PASSWORD}).json()) == ["name"]
    body = {"token": token, "name": "Bob", "password": PASSWORD}
    assert browser.post("/invitations/accept/", json=body).status_code == 201
    assert browser.get("/me/").json()["organization"]["role"] == "member"
    assert office.browser().post("/invitations/accept/", json=body).status_code == 403
    assert admin.get("/invitations/").json() == []
    assert admin.post("/invitations/", json={"email": "bob@example.com"}).status_code == 409


def test_who_has_an_account_joins_another_organization_with_its_password_only(office: Office) -> None:
    admin = office.admin()
    office.invited(admin)
    other = admin.post("/organizations/", json={"name": "Other"}).json()["id"]
    assert admin.post("/organization/switch/", json={"organization_id": other}).json()["organization"]["id"] == other
    made = admin.post("/invitations/", json={"email": "bob@example.com", "role": "admin"}).json()
    token = token_of(made["url"])
    thief = office.browser()
    taken = thief.post("/invitations/accept/", json={"token": token, "name": "Eve", "password": "eve's own password"})
    assert taken.status_code == 401
    bob = office.browser()
    answer = bob.post("/invitations/accept/", json={"token": token, "password": PASSWORD})
    assert answer.status_code == 201
    assert {one["role"] for one in answer.json()["organizations"]} == {"admin", "member"}
    assert answer.json()["organization"]["id"] == other


def test_a_revoked_or_replaced_invitation_opens_nothing(office: Office) -> None:
    admin = office.admin()
    first, second = (admin.post("/invitations/", json={"email": "bob@example.com"}).json() for _ in range(2))
    assert [one["id"] for one in admin.get("/invitations/").json()] == [second["id"]]
    assert admin.delete(f"/invitations/{second['id']}/").status_code == 204
    for made in (first, second):
        look = office.browser().post("/invitations/look/", json={"token": token_of(made["url"])})
        assert look.status_code == 403
        assert "Ask for a new one" in look.json()["detail"]


def test_a_link_is_good_for_its_own_purpose_only(office: Office) -> None:
    admin = office.admin()
    bob = office.invited(admin)
    invitation = token_of(admin.post("/invitations/", json={"email": "eve@example.com"}).json()["url"])
    reset = token_of(admin.post(f"/members/{user_id(bob)}/password_reset/").json()["url"])
    browser = office.browser()
    assert browser.post("/password_reset/look/", json={"token": invitation}).status_code == 403
    assert browser.post("/invitations/look/", json={"token": reset}).status_code == 403
    body = {"token": reset, "email": "eve@example.com", "name": "Eve", "password": PASSWORD}
    assert browser.post("/setup/", json=body).status_code == 403


def test_a_reset_link_sets_a_new_password_once_and_ends_all_sessions(office: Office) -> None:
    admin = office.admin()
    bob = office.invited(admin)
    old, new = (admin.post(f"/members/{user_id(bob)}/password_reset/").json()["url"] for _ in range(2))
    body = {"token": token_of(new), "new_password": "another long password"}
    assert office.browser().post("/password_reset/look/", json={"token": token_of(old)}).status_code == 403
    assert (
        office.browser().post("/password_reset/look/", json={"token": token_of(new)}).json()["email"]
        == "bob@example.com"
    )
    assert office.browser().post("/password_reset/", json=body).status_code == 204
    assert bob.get("/me/").status_code == 401
    assert office.browser().post("/password_reset/", json=body).status_code == 403
    office.sign_in("bob@example.com", "another long password")


def test_an_admin_cannot_get_into_another_organization_by_setting_a_password(office: Office) -> None:
    admin = office.admin()
    bob = office.invited(admin, role="admin")
    bob.post("/organizations/", json={"name": "Bob's own"})
    answer = admin.post(f"/members/{user_id(bob)}/password_reset/")
    assert answer.status_code == 409
    link = office.accounts.resets.create_for("Bob@example.com ")
    assert office.browser().post("/password_reset/look/", json={"token": link.token}).status_code == 200


def test_switching_to_an_organization_of_others_is_a_404(office: Office) -> None:
    admin = office.admin()
    foreign = office.accounts.keys.create_organization("Foreign")
    for wanted in (str(foreign), "x", ""):
        assert admin.post("/organization/switch/", json={"organization_id": wanted}).status_code == 404


def test_the_last_sessions_organization_is_where_people_come_back_to(office: Office) -> None:
    admin = office.admin()
    other = admin.post("/organizations/", json={"name": "Other"}).json()["id"]
    admin.post("/organization/switch/", json={"organization_id": other})
    back = office.sign_in("ada@example.com")
    assert back.get("/me/").json()["organization"]["id"] == other


@pytest.mark.parametrize("path", ["/me/", "/sessions/"])
def test_a_key_is_not_a_person(office: Office, path: str) -> None:
    answer = office.with_key(*Scope).get(path)
    assert answer.status_code == 403
