"""HTML of schemas and hooks (help texts, confirmation messages) as the review page may show it."""

from __future__ import annotations

import nh3

_TAGS = {
    "a", "b", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h3", "h4", "h5", "h6", "hr", "i", "ins",
    "kbd", "li", "mark", "ol", "p", "pre", "s", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "u", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "title"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "*": {"dir", "lang"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}
_LINKS = {"a": {"target": "_blank"}}

_cleaner = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    url_schemes=_SCHEMES,
    url_relative="deny",
    set_tag_attribute_values=_LINKS,
    link_rel="noopener noreferrer nofollow",
)


def sanitized(html: str) -> str:
    """`html` with words and their structure alone: no scripts, styles, images, forms or frames, nothing that loads anything.

    Pictures are left out on purpose: a picture from elsewhere would tell its host who reviews which import. Plain text stays
    as it is, its markup characters escaped.
    """
    return _cleaner.clean(html)
