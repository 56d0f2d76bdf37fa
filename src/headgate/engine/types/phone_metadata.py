"""The metadata of `phonenumbers`, as numbering plans need it (`phone_plans.py`).

It is compiled (`engine/compiled.py`): to load the library takes as long as all field types together.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

import orjson

from headgate.engine.compiled import CompiledTables, library_folder

if TYPE_CHECKING:
    from phonenumbers import NumberFormat, PhoneMetadata, PhoneNumberDesc

NON_GEOGRAPHIC = "001"

_TYPES = (
    "fixed_line", "mobile", "premium_rate", "toll_free", "shared_cost", "voip", "personal_number", "pager", "uan",
    "voicemail",
)  # fmt: skip


class PlanMetadata(TypedDict):
    """What is known of one plan. `lengths`: of national numbers, in digits; `types`: the pattern of each kind of numbers with its
    lengths; `formats`: pattern, first digits, national and international template of each; `example`: a number of the plan.
    """

    calling_code: str
    general: str
    lengths: list[int]
    leading_digits: str | None
    dial_out_prefix: str | None
    trunk_prefix: str | None
    trunk_transform: str | None
    types: list[tuple[str, list[int]]]
    formats: list[tuple[str, str | None, str, str]]
    example: str | None


def metadata_of(region: str, calling_code: str | None = None) -> PlanMetadata | None:
    """The metadata of a country, or of a calling code that belongs to none; None where there is none."""
    text = _plans()["plans"].get(region if region != NON_GEOGRAPHIC else _name(calling_code))
    found: PlanMetadata | None = None if text is None else orjson.loads(text)
    return found


def regions_by_calling_code() -> dict[str, list[str]]:
    """Calling code → the countries that have it, the main one first."""
    found: dict[str, list[str]] = _plans()["regions"]
    return found


@cache
def _plans() -> dict[str, Any]:
    found: dict[str, Any] = PLANS.load("telephone_plans")
    return found


def telephone_plans() -> dict[str, Any]:
    """`regions`: those of each calling code. `plans`: the metadata of each as JSON, because few are ever looked at."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

    plans = dict[str, str]()
    for code, regions in COUNTRY_CODE_TO_REGION_CODE.items():
        if regions == (NON_GEOGRAPHIC,):
            found = {_name(str(code)): PhoneMetadata.metadata_for_nongeo_region(code)}
        else:
            found = {region: PhoneMetadata.metadata_for_region(region) for region in regions}
        plans |= {name: json.dumps(_compiled(each)) for name, each in found.items() if each is not None}
    return {"regions": {str(code): regions for code, regions in COUNTRY_CODE_TO_REGION_CODE.items()}, "plans": plans}


def _name(calling_code: str | None) -> str:
    return f"{NON_GEOGRAPHIC} {calling_code}"


def _compiled(metadata: PhoneMetadata) -> PlanMetadata:
    general = metadata.general_desc
    lengths = list(general.possible_length or ()) if general is not None else []
    kinds = [getattr(metadata, name) for name in _TYPES]
    example = metadata.fixed_line or metadata.mobile
    return {
        "calling_code": str(metadata.country_code),
        "general": (general.national_number_pattern if general is not None else None) or "",
        "lengths": lengths,
        "leading_digits": metadata.leading_digits,
        "dial_out_prefix": metadata.international_prefix,
        "trunk_prefix": metadata.national_prefix_for_parsing or metadata.national_prefix,
        "trunk_transform": metadata.national_prefix_transform_rule,
        "types": [
            (kind.national_number_pattern, _lengths(kind) or lengths)
            for kind in kinds
            if kind is not None and kind.national_number_pattern
        ],
        "formats": _formats(metadata),
        "example": example.example_number if example is not None else None,
    }


def _lengths(kind: PhoneNumberDesc) -> list[int]:
    return [length for length in kind.possible_length or () if length > 0]


def _formats(metadata: PhoneMetadata) -> list[tuple[str, str | None, str, str]]:
    international = {_key(style): style.format for style in metadata.intl_number_format or ()}
    formats = []
    for style in metadata.number_format or ():
        pattern, leading = _key(style)
        plain = style.format or ""
        national = _with_trunk_prefix(plain, style.national_prefix_formatting_rule)
        formats.append(
            (pattern, leading[-1] if leading else None, national, international.get((pattern, leading)) or plain)
        )
    return formats


def _key(style: NumberFormat) -> tuple[str, tuple[str, ...]]:
    return style.pattern or "", tuple(style.leading_digits_pattern)


def _with_trunk_prefix(template: str, rule: str | None) -> str:
    """The group in a rule such as `(0\\1)` stands for the first one that the template names, whichever that is."""
    first = re.search(r"\\\d", template)
    if not rule or first is None:
        return template
    return template[: first.start()] + rule.replace(r"\1", first[0]) + template[first.end() :]


def _sources() -> list[Path]:
    # The version of the metadata stands in the library's first file.
    return [Path(__file__), library_folder("phonenumbers") / "__init__.py"]


PLANS = CompiledTables(Path(__file__).parent, _sources, {"telephone_plans": telephone_plans})
