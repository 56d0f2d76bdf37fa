"""Flatfile's blueprints, workbooks and sheets as JSON, by its public documentation → our schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from headgate.convert import rules
from headgate.convert.conversion import ConversionError, quoted
from headgate.convert.draft import FieldDraft, SchemaDraft
from headgate.convert.part import Part
from headgate.convert.selecting import chosen

NOT_DATA = ("access", "actions", "metadata", "appearance", "treatments", "slug", "id", "namespace", "labels")


def convert(document: Mapping[str, Any], draft: SchemaDraft, select: str | None) -> None:
    """Put the fields of a sheet into `draft`: the sheet `select` (name or slug) of a workbook, or the only one."""
    sheets = {_name(sheet, position): sheet for position, sheet in enumerate(_sheets(document))}
    by_slug = {str(sheet["slug"]): name for name, sheet in sheets.items() if sheet.get("slug")}
    name = chosen(sheets, by_slug.get(select, select) if select else None, "sheet")
    draft.name = name if sheets[name].get("name") or sheets[name].get("slug") else None
    if sheets[name] is not document:
        draft.notes.choice("", f"Only the sheet {quoted(name)} was read; what stands around it was not.")
    _Converter(Part(sheets[name], "", draft.notes), draft).sheet()


def _sheets(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if isinstance(document.get("fields"), list) or isinstance(document.get("properties"), list):
        yield document
        return
    outer = [document, *(entry for entry in _list(document, "blueprints") if isinstance(entry, Mapping))]
    for workbook in outer:
        yield from (sheet for sheet in _list(workbook, "sheets") if isinstance(sheet, Mapping))


def _list(raw: Mapping[str, Any], key: str) -> list[Any]:
    found = raw.get(key)
    return found if isinstance(found, list) else []


def _name(sheet: Mapping[str, Any], position: int) -> str:
    return str(sheet.get("name") or sheet.get("slug") or f"sheet {position + 1}")


class _Converter:
    def __init__(self, part: Part, draft: SchemaDraft) -> None:
        self.part = part
        self.draft = draft
        self.notes = draft.notes

    def sheet(self) -> None:
        part = self.part
        key = "fields" if "fields" in part else "properties"
        for position, raw in enumerate(part.entries(key)):
            path = part.at(key, position)
            if isinstance(raw, Mapping) and isinstance(raw.get("key"), str) and raw["key"]:
                self.field(Part(raw, path, self.notes), raw["key"])
            else:
                self.notes.dropped(path, 'Expected an object with a "key".')
        if not self.draft.fields:
            raise ConversionError("The sheet has no fields with keys.")
        if part.flag("allowAdditionalFields"):
            self.draft.settings["allowCustomFields"] = True
        if part.flag("readonly"):
            for draft in self.draft.fields:
                draft.read_only = True
        for position, raw in enumerate(part.entries("constraints")):
            self._sheet_constraint(raw, part.at("constraints", position), position)
        part.drop("How sure a match must be is settled by headgate.", "mappingConfidenceThreshold")
        part.ignore("name", "description", *NOT_DATA)
        part.close()

    def _sheet_constraint(self, raw: Any, path: str, position: int) -> None:
        part = Part(raw if isinstance(raw, Mapping) else {}, path, self.notes)
        kind = part.text("type")
        names = part.texts("fields")
        fields = [field for name in names if (field := self.draft.field(name)) is not None]
        if kind != "unique" or len(fields) != len(names) or not fields:
            self.notes.dropped(path, f"The constraint {quoted(kind)} has no counterpart and was left out.")
            return
        for field in fields:
            if len(fields) == 1:
                field.add("unique")
            else:
                field.add("unique_with", uniqueKey=part.text("name") or f"constraint{position + 1}")
        part.ignore("name", "strategy")
        part.close()

    def field(self, part: Part, key: str) -> None:
        draft = FieldDraft(key, part.path)
        part.ignore("key", "sizeHint", *NOT_DATA)
        draft.label, draft.description = part.text("label"), part.text("description")
        draft.alternates = part.texts("alternativeNames")
        draft.read_only = part.flag("readonly")
        draft.required = part.flag("required")
        config = Part(part.mapping("config") or {}, part.at("config"), self.notes)
        self._type(draft, part, config)
        for position, raw in enumerate(part.entries("constraints")):
            self._constraint(draft, raw, part.at("constraints", position))
        part.drop("Empty cells are not filled in.", "defaultValue")
        self.draft.add(draft)
        config.ignore("appearance", "size")
        config.close()
        part.close()

    def _type(self, draft: FieldDraft, part: Part, config: Part) -> None:
        kind = part.text("type") or "string"
        several = part.flag("multi") or part.flag("isArray") or kind.endswith(("-list", "[]"))
        kind = kind.removesuffix("-list").removesuffix("[]")
        if kind == "number":
            draft.type = "number"
            places = config.count("decimalPlaces")
            places = config.count("decimal_places") if places is None else places
            if places is not None:
                draft.options["round"] = places
                self.notes.choice(
                    config.at("decimalPlaces"), f"Numbers are rounded to {places} digits after the point."
                )
        elif kind == "boolean":
            draft.type = "checkbox"
            config.drop(
                "A checkbox has no third state: an empty cell is false.", "allowIndeterminate", "allow_indeterminate"
            )
        elif kind == "date":
            draft.type = "date"
        elif kind == "enum":
            self._enum(draft, config, several=several)
        elif kind == "reference":
            self.notes.dropped(
                part.at("type"), "Whether a value stands in another sheet is not checked; a hook can do it."
            )
            config.ignore("ref", "key", "relationship", "filter")
        elif kind != "string":
            self.notes.dropped(part.at("type"), f"The type {quoted(kind)} is not known; the field takes any text.")
        if several and kind != "enum":
            rules.several_columns(draft, self.notes)

    def _enum(self, draft: FieldDraft, config: Part, *, several: bool) -> None:
        draft.type = "multi-select" if several else "select"
        as_text = False
        for position, raw in enumerate(config.entries("options")):
            option = Part(raw if isinstance(raw, Mapping) else {}, config.at("options", position), self.notes)
            value = option.take("value")
            text = rules.scalar_text(value)
            if text is None:
                self.notes.dropped(option.path, "An option needs a value.")
                continue
            as_text |= not isinstance(value, str)
            draft.add_option(text, option.text("label"), option.texts("alternativeNames"))
            option.ignore("color", "icon", "meta", "metadata", "description", "ordinal")
            option.close()
        if as_text:
            self.notes.choice(draft.path, "Options are texts here: the result of a numeric option is its text.")
        custom = config.flag("allowCustom") | config.flag("allow_custom")
        if custom and several:
            self.notes.dropped(config.at("allowCustom"), "A multi-select takes its own options only.")
        elif custom:
            draft.options["allowCustom"] = True
        config.ignore("sortBy")

    def _constraint(self, draft: FieldDraft, raw: Any, path: str) -> None:
        part = Part(
            {"type": raw} if isinstance(raw, str) else raw if isinstance(raw, Mapping) else {}, path, self.notes
        )
        config = Part(part.mapping("config") or {}, part.at("config"), self.notes)
        kind = part.text("type")
        if kind == "required":
            draft.required = True
        elif kind == "unique":
            sensitive = config.take("caseSensitive") is not False and config.take("case_sensitive") is not False
            draft.add("unique" if sensitive else "unique_case_insensitive")
        elif kind == "computed":
            draft.hidden = True
            self.notes.choice(
                path, "A computed field is hidden here: no column belongs to it, and only a hook can fill it."
            )
        else:
            named = part.text("validator")
            self.notes.dropped(path, f"The constraint {quoted(named or kind)} has no counterpart; a hook can do it.")
            config.ignore("validator", *(raw or {} if isinstance(raw, Mapping) else {}))
            return
        config.close()
        part.close()
