"""The parts of the accounts, put together."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from headgate.accounts.audit import AuditLog
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
    audit: AuditLog
    refusals: SignInRefusals
    sweep: Callable[[], None]


def set_up_accounts(
    config: Config, database: Database, empty: Callable[[uuid.UUID], None], passwords: Passwords | None = None
) -> Accounts:
    """The parts. `empty` removes what an organization has outside of the database, before it is deleted."""
    keys = AccountService(database)
    sessions = SessionService(database, config.session_idle_time, config.session_lifetime)
    throttle = SignInThrottle(database, config.sign_in_attempts, config.sign_in_window)
    refusals = SignInRefusals(database, config.sign_in_window)
    sign_in = SignInService(database, sessions, throttle, passwords or Passwords(), refusals)
    audit = AuditLog(database)

    def sweep() -> None:
        sessions.forget_ended()
        forget_old_links(database)
        audit.forget(config.audit_log_lifetime)

    return Accounts(
        keys,
        sessions,
        sign_in,
        JoiningService(
            database,
            sign_in,
            invitation_lifetime=config.invitation_lifetime,
            setup_lifetime=config.account_link_lifetime,
        ),
        ResetService(database, sign_in, config.account_link_lifetime),
        MemberService(database, sessions),
        OrganizationService(database, empty),
        audit,
        refusals,
        sweep,
    )
