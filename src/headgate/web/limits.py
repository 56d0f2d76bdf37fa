"""Rate limits whose counts live in the database, so that they hold across several server processes, as their windows do: those
go by the clock that all of them share."""

from __future__ import annotations

import math
from dataclasses import field
from functools import cache
from typing import NamedTuple

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import Storage
from sqlalchemy import Double, Integer, String, bindparam, case, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from headgate.db import Base, Database, Statement, utc_now
from headgate.db.upsert import insert_of
from headgate.errors import RateLimitedError
from headgate.records import dataclass


class RateLimitCount(Base):
    """Hits within one window."""

    __tablename__ = "rate_limit_counts"

    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    count: Mapped[int]
    expires_at: Mapped[float] = mapped_column(Double, index=True)


@cache
def _hit(dialect: str) -> Statement:
    """One statement counts and tells of the window: another could find it changed by somebody else."""
    hits, at, ends = bindparam("hits", type_=Integer), bindparam("at", type_=Double), bindparam("ends", type_=Double)
    ended = RateLimitCount.expires_at <= at
    return Statement(
        insert_of(dialect, RateLimitCount)
        .values(key=bindparam("of_key", type_=String), count=hits, expires_at=ends)
        .on_conflict_do_update(
            index_elements=["key"],
            set_={
                "count": case((ended, hits), else_=RateLimitCount.count + hits),
                "expires_at": case((ended, ends), else_=RateLimitCount.expires_at),
            },
        )
        .returning(RateLimitCount.count, RateLimitCount.expires_at)
    )


class Window(NamedTuple):
    """How many hits there were, and when counting begins anew, in seconds since 1970."""

    hits: int
    ends: float


class DatabaseStorage(Storage):
    """Storage of the `limits` library in our own database. A window begins with its first hit."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._database = database

    @property
    def base_exceptions(self) -> type[Exception] | tuple[type[Exception], ...]:
        """Errors that the library may wrap."""
        return Exception

    def hit(self, key: str, expiry: int, amount: int = 1) -> Window:
        """Count `amount` hits, in a window of `expiry` seconds if they begin one."""
        now = utc_now().timestamp()
        with self._database.change_relaxed() as connection:
            hit = _hit(connection.dialect.name)
            row = hit.run(connection, {"of_key": key, "hits": amount, "at": now, "ends": now + expiry}).first()
        return Window(row.count, row.expires_at)

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """As `hit`; gives the count of the window."""
        return self.hit(key, expiry, amount).hits

    def decr(self, key: str, amount: int = 1) -> None:
        """Take hits back."""
        with self._database.write_relaxed() as session:
            session.execute(
                update(RateLimitCount)
                .where(RateLimitCount.key == key, RateLimitCount.count >= amount)
                .values(count=RateLimitCount.count - amount)
            )

    def get(self, key: str) -> int:
        """The count of the window."""
        with self._database.read() as session:
            row = session.get(RateLimitCount, key)
        return row.count if row is not None and row.expires_at > utc_now().timestamp() else 0

    def get_expiry(self, key: str) -> float:
        """When the window ends, in seconds since 1970."""
        with self._database.read() as session:
            return (
                session.scalar(select(RateLimitCount.expires_at).where(RateLimitCount.key == key))
                or utc_now().timestamp()
            )

    def check(self) -> bool:
        """Whether the storage works."""
        return True

    def reset(self) -> int | None:
        """Forget all counts."""
        with self._database.write_relaxed() as session:
            return len(session.execute(delete(RateLimitCount).returning(RateLimitCount.key)).all())

    def clear(self, key: str) -> None:
        """Forget one count."""
        with self._database.write_relaxed() as session:
            session.execute(delete(RateLimitCount).where(RateLimitCount.key == key))

    def forget_ended(self) -> None:
        """Remove the counts of windows that are over."""
        with self._database.write_relaxed() as session:
            session.execute(delete(RateLimitCount).where(RateLimitCount.expires_at <= utc_now().timestamp()))


@dataclass(frozen=True)
class Limited:
    """A request that was counted. `headers` go with its answer."""

    headers: dict[str, str] = field(default_factory=dict)
    key: str | None = None


class RateLimits:
    """The limits of the API."""

    def __init__(self, database: Database, create: int | None, retrieve: int | None) -> None:
        self.storage = DatabaseStorage(database)
        self._create = RateLimitItemPerMinute(create, namespace="create") if create else None
        self._retrieve = RateLimitItemPerMinute(retrieve, namespace="retrieve") if retrieve else None

    @property
    def creates(self) -> bool:
        """Whether creating requests are counted."""
        return self._create is not None

    def take_create(self, key_id: str) -> Limited:
        """Count a creating request of a key. Raises RateLimitedError."""
        return self._take(self._create, key_id, "imports created with this key")

    def take_retrieve(self, import_id: str) -> Limited:
        """Count a read of an import. Raises RateLimitedError."""
        return self._take(self._retrieve, import_id, "reads of this import")

    def give_back(self, limited: Limited) -> None:
        """Uncount a request that was refused."""
        if limited.key is not None:
            self.storage.decr(limited.key)

    def _take(self, item: RateLimitItem | None, subject: str, what: str) -> Limited:
        if item is None:
            return Limited()
        window = self.storage.hit(item.key_for(subject), item.get_expiry())
        seconds = max(1, math.ceil(window.ends - utc_now().timestamp()))
        headers = {
            "RateLimit-Limit": str(item.amount),
            "RateLimit-Remaining": str(max(0, item.amount - window.hits)),
            "RateLimit-Reset": str(seconds),
        }
        if window.hits > item.amount:
            message = f"Too many {what}: {item.amount} a minute are allowed. Try again in {seconds} s."
            raise RateLimitedError(message, headers | {"Retry-After": str(seconds)})
        return Limited(headers, item.key_for(subject))
