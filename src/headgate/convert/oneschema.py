"""OneSchema's templates as JSON, by its public documentation → our schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from headgate.convert import rules
from headgate.convert.conversion import ConversionError, quoted
from headgate.convert.draft import FieldDraft, SchemaDraft
from headgate.convert.part import Part

PLAIN_TYPES = {
    "TEXT": "string",
    "DOMAIN": "domain",
    "EMAIL": "email",
    "URL": "url",
    "UUID": "uuid",
    "TIME_HHMM": "time",
}
UNCHECKED = (
    "EAN", "IANA_TIMEZONE", "IMEI", "JSON", "LOCATION_POSTALCODE", "SSN_MASKED", "UNIT_OF_MEASURE", "UPC_A", "US_PHONE_NUMBER_EXT",
)  # fmt: skip
DAY_FIRST = ("DATE_DMY", "DATE_DMMMY", "DATETIME_DMYHM")
CURRENCY_SIGNS = {"dollar": "$", "euro": "€", "pound": "£", "yen": "¥"}
LETTER_CASES = {
    "LETTER_CASE_UPPER": (r"\p{Ll}", "Expected capital letters only."),
    "LETTER_CASE_LOWER": (r"\p{Lu}", "Expected small letters only."),
}


def convert(document: Mapping[str, Any], draft: SchemaDraft) -> None:
    """Put the columns of a template (or those that overrides add) into `draft`. Raises ConversionError."""
    part = Part(document, "", draft.notes)
    key = "columns" if "columns" in part else "columns_to_add"
    columns = part.entries(key)
    if not columns:
        raise ConversionError('A template needs a list of "columns".')
    draft.name = part.text("name", "label", "template_name", "template_key", "key")
    for position, raw in enumerate(columns):
        path = part.at(key, position)
        name = (raw.get("key") or raw.get("label") or raw.get("name")) if isinstance(raw, Mapping) else None
        if isinstance(raw, Mapping) and isinstance(name, str):
            _Column(Part(raw, path, draft.notes), FieldDraft(name, path), draft).convert()
        else:
            draft.notes.dropped(path, 'Expected an object with a "key".')
    part.drop(
        "Validation by webhook has no counterpart; a hook can do it.", "validation_hooks", "validation_hooks_to_add"
    )
    part.ignore("id", "created_at", "updated_at", "description")
    part.close()


class _Column:
    def __init__(self, part: Part, draft: FieldDraft, schema: SchemaDraft) -> None:
        self.part = part
        self.draft = draft
        self.schema = schema
        self.notes = schema.notes
        self.options = Part(part.mapping("validation_options") or {}, part.at("validation_options"), self.notes)

    def convert(self) -> None:
        part, draft = self.part, self.draft
        part.ignore("key", "id")
        draft.label, draft.description = part.text("label", "name"), part.text("description")
        draft.alternates = part.texts("mapping_hints")
        draft.required, draft.require_mapping = part.flag("is_required"), part.flag("must_exist")
        draft.read_only, draft.hidden = part.flag("is_locked"), part.flag("is_hidden")
        self._type((part.text("data_type") or "TEXT").upper())
        if part.flag("is_unique"):
            draft.add("unique")
        rules.length(draft, part.count("min_char_limit"), part.count("max_char_limit"))
        self._letter_case()
        self._delimiter()
        if part.flag("is_unmappable"):
            self.notes.dropped(part.at("is_unmappable"), "A field that is shown can be matched to a column.")
        if part.flag("is_custom"):
            self.notes.choice(part.at("is_custom"), "A custom column is an ordinary field.")
        part.drop("Empty cells are not filled in.", "default_value")
        self.schema.add(draft)
        self.options.ignore("variant_set_mods")
        self.options.close()
        part.close()

    def _type(self, kind: str) -> None:
        draft = self.draft
        if kind in PLAIN_TYPES:
            draft.type = PLAIN_TYPES[kind]
        elif kind in UNCHECKED:
            self.notes.dropped(draft.path, f"{quoted(kind)} has no counterpart: the field takes any text.")
        elif kind.startswith("DATE"):
            self._date(kind)
        elif reader := self._readers().get(kind):
            reader()
        else:
            self.notes.dropped(draft.path, f"The type {quoted(kind)} is not known; the field takes any text.")

    def _readers(self) -> dict[str, Callable[[], None]]:
        return {
            "NUMBER": self._number,
            "UNIX_TIMESTAMP": self._unix_time,
            "PERCENTAGE": self._percentage,
            "MONEY": self._money,
            "PICKLIST": self._picklist,
            "BOOLEAN": self._boolean,
            "ENUM_COUNTRY": self._country,
            "ENUM_US_STATE_TERRITORY": self._state,
            "CUSTOM_REGEX": self._regex,
            "FILE_NAME": self._file_name,
            "ALPHABETICAL": self._alphabetical,
            "CURRENCY_CODE": self._currency_code,
            "PHONE_NUMBER": self._phone,
            "SSN_UNMASKED": self._ssn,
        }

    def _date(self, kind: str) -> None:
        self.draft.type = "datetime" if kind.startswith("DATETIME") else "date"
        order = self.options.text("input_date_order")
        if order == "dmy" or (order is None and kind in DAY_FIRST):
            self.draft.options["locale"] = "en-GB"
        self.notes.choice(
            self.draft.path,
            "Cells may have any usual form, and results are ISO 8601; where nothing proves the order, "
            f"the {'day' if 'locale' in self.draft.options else 'month'} is first.",
        )

    def _number(self) -> None:
        draft, options = self.draft, self.options
        draft.type = "number"
        places = options.count("num_decimals")
        if options.flag("only_int"):
            rules.whole_number(draft)
        elif places is not None:
            rules.decimal_places(draft, places)
            self.notes.choice(
                options.at("num_decimals"), "More digits after the point are an error; they are not rounded."
            )
        rules.bounds(draft, self.notes, options.number("min_num"), options.number("max_num"))
        if options.text("format") == "eu":
            self.notes.choice(options.at("format"), "Which mark is the decimal one is proved by the cells of a column.")
        if options.take("allow_thousand_separators") is False:
            self.notes.dropped(options.at("allow_thousand_separators"), "Thousands separators are always read.")

    def _unix_time(self) -> None:
        rules.whole_number(self.draft)
        self.notes.choice(self.draft.path, "A time in seconds stays a number.")

    def _percentage(self) -> None:
        self.draft.type, self.draft.options = "number", {"preset": "percent"}
        self.notes.choice(self.draft.path, "Results are fractions: 12% is 0.12. A text without % is the value itself.")

    def _money(self) -> None:
        sign = CURRENCY_SIGNS.get(self.options.text("currency_symbol") or "dollar", "$")
        self.draft.type = "number"
        self.draft.options["displayFormat"] = {
            "output": "currency", "currencySymbol": sign, "thousandSeparated": True, "mantissa": 2,
        }  # fmt: skip
        self.notes.choice(
            self.draft.path, f"A number shown with {sign}; another currency is an error. Results are not rounded."
        )

    def _picklist(self) -> None:
        self.draft.type = "select"
        for position, raw in enumerate(self.options.entries("picklist_options")):
            option = Part(
                raw if isinstance(raw, Mapping) else {"value": raw},
                self.options.at("picklist_options", position),
                self.notes,
            )
            value = rules.scalar_text(option.take("value"))
            if value is None:
                self.notes.dropped(option.path, "An option needs a value.")
            else:
                names = [*option.texts("alternative_names"), *option.texts("values")]
                self.draft.add_option(value, alternates=[name for name in names if name != value])
            option.ignore("color")
            option.close()

    def _boolean(self) -> None:
        yes, no = self.options.text("true_label"), self.options.text("false_label")
        if yes is None or no is None or yes == no:
            self.draft.type = "checkbox"
            return
        self.draft.type = "select"
        self.draft.add_option(yes)
        self.draft.add_option(no)
        self.notes.choice(
            self.draft.path, "It has labels of its own, so it is a select of the two, and results are the labels."
        )

    def _country(self) -> None:
        form = self.options.text("format")
        self.draft.type = "country"
        if form == "code3":
            self.draft.options["format"] = "3-letter"
        elif form != "code2":
            self.notes.choice(self.draft.path, "Names of countries are read, but results are codes of two letters.")

    def _state(self) -> None:
        self.draft.type = "us-state-territory"
        if self.options.text("format") != "code":
            self.notes.choice(self.draft.path, "Names of states are read, but results are codes.")
        if self.options.take("variant_set_mods") is None:
            self.notes.choice(self.draft.path, "The District of Columbia and the territories are accepted too.")

    def _regex(self) -> None:
        regex = self.options.text("regex")
        if regex is None:
            self.notes.dropped(self.draft.path, "A custom type without a regular expression; the field takes any text.")
        else:
            rules.pattern(self.draft, self.notes, regex, message=self.options.text("error_message"))

    def _file_name(self) -> None:
        endings = [re.escape(name.lstrip(".")) for name in self.options.texts("extensions")]
        if endings:
            self.draft.add("regex_match", regex=rf"\.(?:{'|'.join(endings)})$", regexOptions={"ignoreCase": True})

    def _alphabetical(self) -> None:
        if self.options.flag("allow_special"):
            self.notes.dropped(
                self.draft.path, "Which special characters are allowed is not said; the field takes any text."
            )
        elif self.options.flag("allow_spaces"):
            rules.pattern(self.draft, self.notes, "^[A-Za-z ]*$", message="Expected letters and spaces only.")
        else:
            self.draft.add("alphabetical")
        self.options.ignore("allow_spaces")

    def _currency_code(self) -> None:
        rules.pattern(self.draft, self.notes, "^[A-Z]{3}$", message="Expected a currency code such as EUR.")
        self.notes.dropped(
            self.draft.path, "Three capital letters are asked for; whether they are a currency is not checked."
        )
        self.options.ignore("format")

    def _phone(self) -> None:
        self.draft.type = "phone-number"
        self.notes.choice(
            self.draft.path, "Numbers need their country's code (+1 …); set format and country for national ones."
        )

    def _ssn(self) -> None:
        self.draft.type = "ssn"

    def _letter_case(self) -> None:
        case = self.part.text("letter_case")
        if case in LETTER_CASES:
            regex, message = LETTER_CASES[case]
            self.draft.add("regex_exclude", regex=regex, regexOptions={"unicode": True}, errorMessage=message)
        elif case is not None:
            self.notes.dropped(self.part.at("letter_case"), f"{quoted(case)} is not checked.")

    def _delimiter(self) -> None:
        delimiter = self.part.text("delimiter")
        if delimiter is None:
            return
        if self.draft.type == "select":
            self.draft.type, self.draft.options = "multi-select", {"delimiter": delimiter}
        else:
            self.notes.dropped(self.part.at("delimiter"), "Only a list of options can be split; the cell is one value.")
