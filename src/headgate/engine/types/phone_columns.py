"""Telephone numbers of a whole column at once: the metadata's patterns, run by Polars.

Decides real numbers only, and only where one rule alone applies; errors and rare forms (calling code without `+`,
dial-out prefixes, trunk prefixes that are rewritten, digits of other scripts) are left to the exact parser.
"""

from __future__ import annotations

import re

import polars as pl

from headgate.engine.types.phone_plans import PUNCTUATION, NumberFormat, Plan, calling_codes, main_plan, plans_of

MAX_CHARACTERS = 250
MIN_DIGITS = 4

FEW_NUMBERS = 256
"""Below this, the exact parser is quicker than compiling a country's patterns."""

_SHAPE = rf"^[{PUNCTUATION}]*\+?(?:[{PUNCTUATION}]*[0-9])+[{PUNCTUATION}]*$"
_ONE_DIGIT_CODES = r"^\+[17]"


def read_numbers(cells: pl.Series, plan: Plan | None, *, national_only: bool, formatted: bool) -> pl.Series:
    """The result texts of the cells that are surely valid, null for all others.

    `plan`: the field's country. `national_only`: refuse other countries, write the national form. `formatted`: with
    spaces and punctuation.
    """
    shaped = cells.str.contains(_SHAPE) & (cells.str.len_chars() <= MAX_CHARACTERS)
    at = shaped.fill_null(value=False).arg_true()
    digits = cells.gather(at).str.replace_all(f"[{PUNCTUATION}]+", "")
    table = pl.DataFrame({"at": at, "digits": digits}).filter(pl.col("digits").str.len_bytes() >= MIN_DIGITS)
    table = table.with_columns(plus=pl.col("digits").str.starts_with("+"))
    parts = []
    if plan is not None:
        local = _surely_national(table.filter(~pl.col("plus")), plan)
        parts.append(_valid_numbers(local, plan, plan.calling_code, only=plan if national_only else None))
    for code, group in _by_calling_code(table.filter(pl.col("plus"))):
        if not national_only or (plan is not None and code == plan.calling_code):
            parts.append(_valid_numbers(group, main_plan(code), code, only=plan if national_only else None))
    out: list[pl.DataFrame] = []
    for owner, numbers in (pair for part in parts for pair in part):
        if not national_only or owner is plan:
            out.append(numbers.select("at", value=_written(numbers["number"], owner, national_only, formatted)))
    value = pl.Series("value", [None], dtype=pl.String).new_from_index(0, len(cells))
    for frame in out:
        value = value.scatter(frame["at"], frame["value"])
    return value


def _surely_national(table: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    """The digits that are not dialled abroad and do not begin with the country's own calling code by mistake."""
    if plan.dial_out_prefix:
        table = table.filter(~pl.col("digits").str.contains(f"^(?:{plan.dial_out_prefix})"))
    like_code = pl.col("digits").str.starts_with(plan.calling_code)
    return table.filter(~like_code | pl.col("digits").str.contains(_whole(plan.general)))


def _by_calling_code(table: pl.DataFrame) -> list[tuple[str, pl.DataFrame]]:
    """The numbers with `+`, by calling code, `digits` without it."""
    if table.is_empty():
        return []
    two = [code for code in calling_codes() if len(code) == 2]
    three = [code for code in calling_codes() if len(code) == 3]
    digits = pl.col("digits")
    code = (
        pl.when(digits.str.contains(_ONE_DIGIT_CODES))
        .then(digits.str.slice(1, 1))
        .when(digits.str.slice(1, 2).is_in(two))
        .then(digits.str.slice(1, 2))
        .when(digits.str.slice(1, 3).is_in(three))
        .then(digits.str.slice(1, 3))
    )
    table = table.with_columns(code=code).filter(pl.col("code").is_not_null())
    groups = []
    for (name,), group in table.group_by("code", maintain_order=True):
        groups.append((str(name), group.with_columns(digits.str.slice(1 + len(str(name))))))
    return groups


def _valid_numbers(table: pl.DataFrame, plan: Plan, code: str, *, only: Plan | None) -> list[tuple[Plan, pl.DataFrame]]:
    """The valid numbers among `digits`, as `number` without trunk prefix, by the country that they belong to.

    `only`: the country whose numbers alone are wanted; those of countries that come after it are not looked for.
    """
    if table.height < FEW_NUMBERS:
        return []
    rest = _without_trunk_prefix(table, plan)
    owners = plans_of(code)
    found = []
    for owner in owners:
        if rest.height < FEW_NUMBERS:
            break
        claimed = rest
        if len(owners) > 1:
            claims = _claims(owner)
            claimed, rest = rest.filter(claims), rest.filter(~claims)
        found.append((owner, claimed.filter(_is_valid(owner))))
        if owner is only:
            break
    return found


def _without_trunk_prefix(table: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    digits = pl.col("digits")
    if plan.trunk_prefix is None:
        return table.with_columns(number=digits)
    begins = f"^(?:{plan.trunk_prefix})"
    if plan.trunk_transform or re.compile(plan.trunk_prefix).groups:
        return table.filter(~digits.str.contains(begins)).with_columns(number=digits)
    stripped = digits.str.replace(begins, "")
    keep = digits.str.contains(_whole(plan.general)) & ~stripped.str.contains(_whole(plan.general))
    return table.with_columns(number=pl.when(keep).then(digits).otherwise(stripped))


def _claims(plan: Plan) -> pl.Expr:
    if plan.leading_digits:
        return pl.col("number").str.contains(f"^(?:{plan.leading_digits})")
    return _is_valid(plan)


def _is_valid(plan: Plan) -> pl.Expr:
    number = pl.col("number")
    general = number.str.contains(_whole(plan.general))
    if not plan.types:
        return general
    by_lengths: dict[tuple[int, ...], list[str]] = {}
    for kind in plan.types:
        by_lengths.setdefault(kind.lengths, []).append(f"(?:{kind.pattern})")
    kinds = [
        number.str.len_bytes().is_in(list(lengths)) & number.str.contains(_whole("|".join(patterns)))
        for lengths, patterns in by_lengths.items()
    ]
    return general & pl.any_horizontal(kinds)


def _written(numbers: pl.Series, plan: Plan, national: bool, formatted: bool) -> pl.Series:
    if not national and not formatted:
        return "+" + plan.calling_code + numbers
    number = pl.col(numbers.name)
    text = number
    if national and not formatted and all(_only_separates(style) for style in plan.formats):
        return numbers
    for style in reversed(plan.formats):
        template = _rust_template(style.national if national else style.international)
        text = pl.when(_fits(style, number)).then(number.str.replace(_whole(style.pattern), template)).otherwise(text)
    if not national:
        spaced = text.str.replace_all(f"[{PUNCTUATION}]+", " ").str.strip_chars(" ")
        text = pl.lit(f"+{plan.calling_code} ") + spaced
    elif not formatted:
        text = text.str.replace_all("[^0-9]", "")
    return numbers.to_frame().select(text).to_series()


def _only_separates(style: NumberFormat) -> bool:
    """Whether the national form has the number's own digits in their order, and none beside them."""
    groups = re.compile(style.pattern).groups
    return re.sub(r"\\([1-9])|[^0-9]", r"\1", style.national) == "".join(map(str, range(1, groups + 1)))


def _fits(style: NumberFormat, number: pl.Expr) -> pl.Expr:
    whole = number.str.contains(_whole(style.pattern))
    return number.str.contains(f"^(?:{style.leading})") & whole if style.leading else whole


def _whole(pattern: str) -> str:
    return f"^(?:{pattern})$"


def _rust_template(template: str) -> str:
    """`\\1-\\2` of the metadata as `${1}-${2}`."""
    return re.sub(r"\\(\d)", r"${\1}", template.replace("$", "$$"))
