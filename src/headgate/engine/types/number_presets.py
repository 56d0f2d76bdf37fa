"""What the presets of number fields stand for: a rounding and a display format (schema.md, "Types")."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from headgate.engine.types.currencies import own_currency
from headgate.records import dataclass
from headgate.schema.types import NumberFormat, NumberOptions


@dataclass(frozen=True)
class NumberRules:
    """The options of a number field with its preset spelled out.

    `round`: digits after the point to keep, negative = before it. `currency`: the one currency that cells may carry.
    """

    display_format: NumberFormat
    output_format: NumberFormat | None = None
    round: int | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    currency: str | None = None


def _currency(symbol: str, position: str, **more: Any) -> tuple[int, dict[str, Any]]:
    return 2, {
        "output": "currency",
        "currencySymbol": symbol,
        "currencyPosition": position,
        "spaceSeparatedCurrency": True,
        "thousandSeparated": True,
        "mantissa": 2,
        "average": False,
        **more,
    }


_PRESETS: dict[str, tuple[int | None, dict[str, Any]]] = {
    "default": (None, {"thousandSeparated": True}),
    "plain": (None, {}),
    "percent": (None, {"output": "percent"}),
    "integer": (0, {"thousandSeparated": True, "mantissa": 0}),
    **{f"percent_{n}": (n + 2, {"output": "percent", "mantissa": n}) for n in range(5)},
    **{f"decimal_{n}": (n, {"thousandSeparated": True, "mantissa": n}) for n in range(5)},
    "usd": _currency("$", "prefix"),
    "usd_accounting": _currency("$", "prefix", negative="parenthesis"),
    "eur": _currency("€", "postfix"),
    "gbp": _currency("£", "prefix"),
}


def rules_of(options: NumberOptions) -> NumberRules:
    """The rules of a number field. An option beside `preset` wins over what the preset says."""
    digits, form = _PRESETS[options.preset]
    # Ours need no check, and a checker takes longer to build than all presets together.
    preset_format = NumberFormat.model_construct(**form)
    return NumberRules(
        display_format=options.display_format or preset_format,
        output_format=options.output_format,
        round=digits if options.round is None else options.round,
        minimum=options.min,
        maximum=options.max,
        currency=_own_currency((options.display_format, options.output_format, preset_format)),
    )


def _own_currency(formats: tuple[NumberFormat | None, ...]) -> str | None:
    for form in formats:
        if form is not None and (form.currency_symbol or form.output == "currency"):
            return own_currency(form.currency_symbol or "$")
    return None
