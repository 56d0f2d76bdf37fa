"""An organization of its own on the shared service, with somebody who is signed in there and what the dashboard shows."""

from __future__ import annotations

import uuid
from typing import Any

from headgate.accounts.models import Membership, User
from headgate.accounts.scopes import Role, Scope
from headgate.accounts.service import AccountService
from headgate.accounts.sessions import SessionService
from headgate.db import Database, utc_now
from tests.contract.harness import Service, upload, wait

FIELDS = [
    {"label": "First name", "key": "first"},
    {"label": "Email", "key": "email", "type": "email"},
    {"label": "Stage", "key": "stage", "type": "select", "selectOptions": [{"label": "Demo", "value": "demo"}]},
]
SETTINGS = {"importIdentifier": "contacts", "invalidDataBehavior": "INCLUDE_INVALID_ROWS"}
GOOD = "First name,Email,Stage\nAda,ada@example.com,demo\nAlan,alan@example.com,DEMO\n"
BAD = GOOD + "Bob,no-address,demo\n"
UNCLEAR = "a;b;c\n1;2;3\n4;5;6\n"


class Desk:
    """An organization with one schema, an admin who is signed in, and a key to prepare things with."""

    def __init__(self, service: Service, **settings: Any) -> None:
        """`settings`: of the schema, beside those that every schema here has."""
        database = Database(f"sqlite:///{service.data_dir / 'headgate.sqlite'}")
        accounts, user, now = AccountService(database), uuid.uuid4(), utc_now()
        self.service = service
        self.organization = accounts.create_organization("Imports")
        with database.write() as session:
            session.add(User(id=user, email=f"{user}@example.com", name="Ada", password_hash="", created_at=now))
            session.flush()
            session.add(Membership(organization_id=self.organization, user_id=user, role=Role.ADMIN, created_at=now))
            session.flush()
            self.token = SessionService(database, 3600, 3600).start(session, user, self.organization)
        key = accounts.create_key("test", organization_id=self.organization, scopes=list(Scope)).key
        database.dispose()
        self.address = service.address
        self.client = service.client(key)
        body = {"name": "Contacts", "fields": FIELDS, "settings": SETTINGS | settings}
        self.schema = self.client.post("/schemas/", json=body).json()["id"]

    def run(self, name: str, content: str) -> str:
        """The id of a new import that has come to a rest."""
        created = self.create(name)
        upload(created, content.encode())
        wait(self.client, created["id"], 60)
        return str(created["id"])

    def create(self, name: str) -> dict[str, Any]:
        answer = self.client.post("/headless/imports/", json={"schema_id": self.schema, "original_filename": name})
        created: dict[str, Any] = answer.json()
        return created
