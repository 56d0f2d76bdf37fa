"""The parts of the accounts, put together."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from headgate.accounts.audit import AuditLog
from headgate.accounts.deletion import Belongings, OrganizationDeleter
from headgate.accounts.joining import JoiningService
from headgate.accounts.links import forget_old_links
from headgate.accounts.members import MemberService
from headgate.accounts.organizations import OrganizationService
from headgate.accounts.passwords import Passwords
from headgate.accounts.refusals import SignInRefusals
from headgate.accounts.resets import ResetService
from headgate.accounts.service import AccountService
from headgate.accounts.sessions import SessionService
from headgate.accounts.sign_in import SignInService
from headgate.accounts.throttle import SignInThrottle
from headgate.config import Config
from headgate.db import Database


class DeletionJobs(Protocol):
    """Runs `OrganizationDeleter.run` in the background, over every stop of the service."""

    def enqueue(self, organization_id: uuid.UUID) -> None:
        """Have a deletion run. A second call changes nothing."""

    def reconcile(self, unfinished: list[uuid.UUID]) -> int:
        """Have those of these run that no job works on; gives how many."""


@dataclass(frozen=True)
class Accounts:
    """Everything that serves accounts."""

    keys: AccountService
    sessions: SessionService
    sign_in: SignInService
    joining: JoiningService
    resets: ResetService
    members: MemberService
    organizations: OrganizationService
    deleter: OrganizationDeleter
    audit: AuditLog
    refusals: SignInRefusals
    sweep: Callable[[], None]

    def schedule(self) -> dict[str, tuple[str, Callable[[], None]]]:
        """Name → (cron with seconds, sweep), of what must not wait for `sweep`."""
        return {
            "sign_in_refusals": ("5 * * * * *", self.refusals.tell),
            "reconcile_deletions": ("35 * * * * *", self.deleter.reconcile),
        }


@dataclass(frozen=True)
class Entrances:
    """How people get in: all that needs the database only, so that commands have it too."""

    keys: AccountService
    sessions: SessionService
    refusals: SignInRefusals
    sign_in: SignInService
    joining: JoiningService
    resets: ResetService


def set_up_entrances(config: Config, database: Database, passwords: Passwords | None = None) -> Entrances:
    """The parts through which people get in."""
    sessions = SessionService(database, config.session_idle_time, config.session_lifetime)
    throttle = SignInThrottle(database, config.sign_in_attempts, config.sign_in_window)
    refusals = SignInRefusals(database, config.sign_in_window)
    sign_in = SignInService(database, sessions, throttle, passwords or Passwords(), refusals)
    joining = JoiningService(
        database, sign_in, invitation_lifetime=config.invitation_lifetime, setup_lifetime=config.account_link_lifetime
    )
    resets = ResetService(database, sign_in, config.account_link_lifetime)
    return Entrances(AccountService(database), sessions, refusals, sign_in, joining, resets)


def set_up_accounts(
    config: Config, database: Database, belongings: Belongings, jobs: DeletionJobs, passwords: Passwords | None = None
) -> Accounts:
    """The parts. `belongings`: what organizations have outside of the database. `jobs` run their deletions."""
    entrances = set_up_entrances(config, database, passwords)
    audit = AuditLog(database)
    deleter = OrganizationDeleter(database, belongings, jobs.reconcile)

    def sweep() -> None:
        entrances.sessions.forget_ended()
        forget_old_links(database)
        audit.forget(config.audit_log_lifetime)
        deleter.forget()

    def delete_later(organization_id: uuid.UUID) -> None:
        entrances.keys.recent.forget()  # its keys are gone
        jobs.enqueue(organization_id)

    return Accounts(
        entrances.keys,
        entrances.sessions,
        entrances.sign_in,
        entrances.joining,
        entrances.resets,
        MemberService(database, entrances.sessions),
        OrganizationService(database, belongings, delete_later),
        deleter,
        audit,
        entrances.refusals,
        sweep,
    )
