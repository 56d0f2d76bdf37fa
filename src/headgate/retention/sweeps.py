"""Deletes what is not kept any longer, some at a time; whatever stops it, the next sweep goes on."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from datetime import timedelta

import structlog
from sqlalchemy import ColumnElement, or_, select

from headgate.accounts.audit import AuditLog
from headgate.db import Database, utc_now
from headgate.deletions import Cause, DeletionLedger, Reason
from headgate.errors import NotFoundError
from headgate.imports.models import Import
from headgate.imports.service import ImportService
from headgate.imports.states import FINAL
from headgate.retention.models import OrganizationSettings
from headgate.retention.parts import ImportParts, Part
from headgate.retention.service import RetentionRules, Rule
from headgate.webhooks.jobs import forget_old

BATCH = 200
DAY = 86_400
WHOLE = "retention_days"
EXPIRED = Cause(Reason.RETENTION)

log = structlog.get_logger(__name__)


class RetentionSweep:
    """`run` may be called at any time, and again."""

    def __init__(self, database: Database, imports: ImportService, ledger: DeletionLedger) -> None:
        self._database = database
        self._imports = imports
        self._ledger = ledger
        self._rules = RetentionRules(database)
        self._parts = ImportParts(database, ledger)

    def run(self) -> None:
        """Delete what is over: whole imports first, then parts of others, then entries of logs."""
        for rule in self._rules.all():
            self._sweep_rule(rule)
        self._forget_logs()

    def _sweep_rule(self, rule: Rule) -> None:
        if (days := rule.days.get(WHOLE)) is not None:
            self._each(rule, days, None, functools.partial(self._delete, rule.organization_id))
        for part in Part:
            if (days := rule.days.get(part.period)) is not None:
                there = getattr(Import, part.column).is_(None)
                self._each(rule, days, there, functools.partial(self._delete_parts, rule, part))

    def _each(
        self, rule: Rule, days: int, there: ColumnElement[bool] | None, remove: Callable[[list[uuid.UUID]], None]
    ) -> None:
        """Have the imports removed that ended so long ago. Each must make itself not be found again."""
        before = utc_now() - timedelta(days=days)
        # Created before, so that an index leads to them; what ended later stays for its full time.
        query = select(Import.id).where(
            Import.organization_id == rule.organization_id,
            Import.status.in_(FINAL),
            Import.created_at < before,
            Import.finished_at < before,
        )
        if there is not None:
            query = query.where(there)
        if rule.schema_id is not None:
            query = query.where(Import.schema_id == rule.schema_id)
        elif rule.but_not:
            query = query.where(or_(Import.schema_id.is_(None), Import.schema_id.not_in(rule.but_not)))
        while True:
            with self._database.read() as session:
                found = list(session.scalars(query.limit(BATCH)))
            remove(found)
            if len(found) < BATCH:
                return

    def _delete(self, organization_id: uuid.UUID, found: list[uuid.UUID]) -> None:
        for import_id in found:
            try:
                self._imports.delete(organization_id, import_id, EXPIRED)
            except NotFoundError:
                continue  # somebody deleted it in this moment
        if found:
            log.info("imports_expired", organization_id=str(organization_id), count=len(found))

    def _delete_parts(self, rule: Rule, part: Part, found: list[uuid.UUID]) -> None:
        begun = [self._parts.delete(rule.organization_id, import_id, part, EXPIRED) for import_id in found]
        receipts = [one for one in begun if one is not None]
        self._ledger.complete(receipts)
        if receipts:
            log.info("import_parts_expired", organization_id=str(rule.organization_id), part=part, count=len(receipts))

    def _forget_logs(self) -> None:
        either = or_(
            OrganizationSettings.delivery_retention_days.is_not(None),
            OrganizationSettings.audit_retention_days.is_not(None),
        )
        with self._database.read() as session:
            rows = list(session.scalars(select(OrganizationSettings).where(either)))
        audit = AuditLog(self._database)
        for row in rows:
            if row.delivery_retention_days is not None:
                forget_old(self._database, row.delivery_retention_days * DAY, row.organization_id)
            if row.audit_retention_days is not None:
                audit.forget(row.audit_retention_days * DAY, row.organization_id)
