"""A review of masked fields, walked through with every request of its API, and all that was answered."""

from __future__ import annotations

import uuid
from typing import Any

import httpx

from headgate.reviews.routes import router
from tests.contract.harness import Service
from tests.contract.review_page import Page

SSN = ("123-45-6789", "234-56-7890", "345-67-8901")
PLAN = ("gold", "goldd", "platinum-x")
SECRETS = {*SSN, "123-45", "goldd", "platinum-x", "999-11-2222"}
FIELDS: list[dict[str, Any]] = [
    {"label": "Customer", "key": "name", "validators": [{"validate": "required"}]},
    {"label": "SSN", "key": "ssn", "mask": "last4", "validators": [{"validate": "unique"}]},
    {
        "label": "Plan", "key": "plan", "type": "select", "mask": "all",
        "selectOptions": [{"label": "Gold", "value": "g"}],
    },
    {"label": "Remark", "key": "remark"},
]  # fmt: skip
SETTINGS = {
    "importIdentifier": "Masked",
    "invalidDataBehavior": "BLOCK_SUBMIT",
    "reviewStep": {"rememberCorrections": True, "enableUserTransformations": True},
}
CONTENT = "Customer,SSN,Plan,Remark\n" + "".join(
    f"Person {row},{SSN[row]},{PLAN[row]},remark {row}\n" for row in range(3)
)
ROUTES = frozenset(
    (method, route.path.removeprefix(router.prefix).rstrip("/"))  # type: ignore[attr-defined]  # all of them are API routes
    for route in router.routes
    for method in route.methods  # type: ignore[attr-defined]  # the same
)


class Heard(Page):
    """A page that remembers every answer, headers and files included, and what it asked."""

    def __init__(self, service: Service, waiting: dict[str, Any]) -> None:
        super().__init__(service, waiting)
        self.heard: list[str] = []
        self.asked: set[tuple[str, str]] = set()

    def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        answer = super().send(method, path, **options)
        self.asked.add((method, path.rstrip("/")))
        self.heard += [answer.text, str(answer.headers)]
        return answer

    def change(self, **body: Any) -> Any:
        """Preview a change, then carry it out."""
        self.post("/changes/preview", {"change": body})
        return self.post("/changes", {"change": body, "id": uuid.uuid4().hex})

    def walk_steps(self) -> None:
        """Everything that is asked before rows are looked at."""
        self.get("/header", delimiter=";")
        for path in ("/", "/header", "/columns", "/values"):
            self.get(path)
        self.post("/columns/suggest")
        self.post("/advance", {"to": "review"})
        self.ready()
        for path, body in (
            ("/header", {"rows": None}),
            ("/columns", {"columns": {"3": {"field": "remark"}}}),
            ("/values", {"values": {}}),
        ):
            assert self.send("PUT", path, json=body).status_code == 200
            self.ready()
        self.post("/advance", {"to": "review"})
        self.ready()

    def walk_rows(self) -> None:
        """Everything that is asked about rows, in as many ways as there are columns."""
        grid = self.get("/grid")
        columns = [column["id"] for column in grid["columns"]]
        rows = [row["row"] for row in self.post("/rows")["rows"]]
        self.post("/rows/by-id", {"rows": rows})
        for column in columns:
            self.post("/distinct", {"column": column})
            self.post("/rows", {"view": {"sort": [{"column": column}], "search": "6789"}})
            self.post("/seek", {"view": {}, "column": column})
            for row in rows:
                self.post("/cell", {"row": row, "column": column})
        for group in grid["groups"]:
            for fix in group["fixes"]:
                change = {"kind": "fix", "group": group["id"], "fix": fix["id"], "text": "Gold"}
                self.post("/changes/preview", {"change": change})
        self.get("/history")

    def files(self) -> list[bytes]:
        """What is downloaded for correction."""
        found = []
        for form in ("csv", "xlsx"):
            answer = httpx.get(self.post("/export", {"rows": "all", "format": form})["url"])
            assert answer.status_code == 200
            found.append(answer.content)
        return found


def leaks(*told: str) -> list[str]:
    """The values of masked fields that stand in texts."""
    return sorted(secret for secret in SECRETS if any(secret in text for text in told))
