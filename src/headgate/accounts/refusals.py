"""Sign-ins that were refused, for the audit log: counted as they come, told in few entries however many there are.

They are counted in the same way whether or not there is such an account, and told by a job, so that neither answer nor
duration of a sign-in says which it was.
"""

from __future__ import annotations

import uuid
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from headgate.accounts.audit import Action, Actor, note
from headgate.accounts.models import ActorKind, Membership, SignInRefusal, User
from headgate.accounts.organizations import existing
from headgate.db import Database, insert_for, utc_now

NOBODY = "-"
"""The account of all addresses of e-mail that have none."""


class SignInRefusals:
    """Counts refused sign-ins and tells the audit log of those who may be concerned."""

    def __init__(self, database: Database, window: int) -> None:
        """`window`: seconds over which they are put together."""
        self._database = database
        self._window = timedelta(seconds=window)

    def count(self, email: str, address: str | None, *, blocked: bool = False) -> None:
        """Note a wrong password, or with `blocked` a try that was refused because there had been too many."""
        with self._database.write_relaxed() as session:
            user_id = session.scalar(select(User.id).where(User.email == email))
            one = SignInRefusal.blocked if blocked else SignInRefusal.wrong
            first = {
                "account": NOBODY if user_id is None else str(user_id),
                "user_id": user_id,
                "address": address,
                "began_at": utc_now(),
                "wrong": 0 if blocked else 1,
                "blocked": 1 if blocked else 0,
                "told_wrong": 0,
                "told_blocked": 0,
            }
            statement = insert_for(session, SignInRefusal).values(**first)
            session.execute(
                statement.on_conflict_do_update(index_elements=["account"], set_={"address": address, one.key: one + 1})
            )

    def tell(self) -> None:
        """Write what the audit log does not know yet: the first refusal and the first block at once, the rest when the window
        has ended. At most four entries a window, account and organization."""
        with self._database.read() as session:
            accounts = list(session.scalars(select(SignInRefusal.account)))
        for account in accounts:
            with self._database.write() as session:
                row = session.get(SignInRefusal, account, with_for_update=True)
                if row is not None:
                    self._tell(session, row)

    def _tell(self, session: Session, row: SignInRefusal) -> None:
        ended = row.began_at + self._window <= utc_now()
        wrong, blocked = row.wrong - row.told_wrong, row.blocked - row.told_blocked
        if wrong and (ended or not row.told_wrong):
            _write(session, row, Action.SESSION_REFUSED, wrong)
            row.told_wrong = row.wrong
        if blocked and (ended or not row.told_blocked):
            _write(session, row, Action.SESSION_BLOCKED, blocked)
            row.told_blocked = row.blocked
        if ended:
            session.delete(row)


def _write(session: Session, row: SignInRefusal, action: Action, tries: int) -> None:
    for organization_id in _concerned(session, row.user_id):
        actor = Actor(organization_id, ActorKind.NOBODY, None, row.address)
        note(session, actor, action, row.user_id, {"tries": tries})


def _concerned(session: Session, user_id: uuid.UUID | None) -> list[uuid.UUID]:
    """The organizations of the person. Tries without an account concern the first one, which is the operator's."""
    if user_id is not None:
        return list(session.scalars(select(Membership.organization_id).where(Membership.user_id == user_id)))
    return [row.id for row in session.scalars(existing().limit(1))]
