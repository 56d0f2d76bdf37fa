"""Pydantic models → our schema."""

from __future__ import annotations

import datetime
import enum
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Literal

import pytest
from pydantic import BaseModel, Field

import headgate
from headgate import ConversionError
from tests.unit.convert.helpers import choices, dropped, field, keys, rules


class Color(enum.Enum):
    RED = "red"
    BLUE = "blue"


class Order(BaseModel):
    number: str = Field(min_length=1, max_length=9, title="Order no.", description="As printed")
    quantity: int | None = Field(None, ge=0, lt=100)
    price: Decimal = Field(max_digits=8, decimal_places=2, gt=0)
    color: Color
    kind: Literal["a", "b"] = "a"
    day: datetime.date
    paid: bool
    tags: list[str] = []
    colors: set[Color] = set()
    parent: Order | None = None


class Opaque(BaseModel):
    action: Callable[[], None]


def test_a_model_describes_its_fields_itself() -> None:
    found = headgate.convert_schema(Order)
    assert (found.form, found.document["name"]) == ("pydantic", "Order")
    assert keys(found) == ["number", "quantity", "price", "color", "kind", "day", "paid", "tags", "colors"]
    assert field(found, "number")["label"] == "Order no."
    assert rules(found, "number") == ["required", "length"]
    assert field(found, "quantity")["type"] == ["number", {"preset": "plain", "min": 0, "max": 99}]
    assert field(found, "price")["type"] == ["number", {"min": 0}]
    assert rules(found, "price") == ["required", "regex_match"]
    assert field(found, "color")["label"] == "Color"
    assert field(found, "colors")["type"] == "multi-select"
    assert field(found, "tags")["manyToOne"] is True
    assert {"properties.price.max_digits", "properties.parent.anyOf[0]"} <= dropped(found).keys()
    assert "Python" in choices(found)[""]


def test_a_model_that_has_no_json_schema_is_refused_with_a_sentence() -> None:
    with pytest.raises(ConversionError, match="Opaque cannot be described"):
        headgate.convert_schema(Opaque)


def test_a_module_is_imported_only_when_one_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "its_models.py").write_text(
        "from pydantic import BaseModel\nclass Outer:\n    class Row(BaseModel):\n        a: int\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ConversionError, match="--from pydantic"):
        headgate.convert_schema("its_models:Outer.Row")
    assert "its_models" not in sys.modules
    assert keys(headgate.convert_schema("its_models:Outer.Row", form="pydantic")) == ["a"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("no_such_module_here:Model", "cannot be imported"),
        ("json:Absent", "cannot be imported"),
        ("json:JSONDecoder", "no Pydantic model"),
        ("../evil:Model", "names no model"),
        ("os", "names no model"),
    ],
)
def test_what_is_no_model_is_refused_with_a_sentence(name: str, told: str) -> None:
    with pytest.raises(ConversionError, match=told):
        headgate.convert_schema(name, form="pydantic")
