"""What the routes of all domains share: JSON in and out, addresses, paging."""

from headgate.web.body import JsonBody, parse_json, read_json
from headgate.web.conditions import IfMatch, based_on, entity_tag
from headgate.web.language import language_of
from headgate.web.paging import AT_LEAST_0, AT_LEAST_1, Page, address_of, moment, page_of, whole_number
from headgate.web.responses import (
    ERRORS,
    Detail,
    FieldErrors,
    JsonAnswer,
    errors,
    json_body,
    json_of,
    object_id,
    outdated,
)

__all__ = [
    "AT_LEAST_0",
    "AT_LEAST_1",
    "ERRORS",
    "Detail",
    "FieldErrors",
    "IfMatch",
    "JsonAnswer",
    "JsonBody",
    "Page",
    "address_of",
    "based_on",
    "entity_tag",
    "errors",
    "json_body",
    "json_of",
    "language_of",
    "moment",
    "object_id",
    "outdated",
    "page_of",
    "parse_json",
    "read_json",
    "whole_number",
]
