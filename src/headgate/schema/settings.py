"""The settings of a schema (schema.md, "Settings")."""

from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, JsonValue
from pydantic import Field as Key

from headgate.message import Message
from headgate.schema.base import SchemaModel
from headgate.schema.problems import shortened

InvalidDataBehavior = Literal[
    "REMOVE_INVALID_ROWS", "INCLUDE_INVALID_ROWS", "INCLUDE_INVALID_ROWS_AND_VALUES", "BLOCK_SUBMIT"
]
Language = Literal[
    "bn", "cs", "da", "de", "el", "en", "es", "fi", "fr", "hi", "hr", "hu", "id", "is", "it", "ja", "ko", "lt", "lv",
    "ms", "nl", "no", "pl", "pt", "ro", "ru", "sv", "sw", "th", "tr", "uk", "vi", "zh_CN", "zh_TW",
]  # fmt: skip
LANGUAGES: tuple[str, ...] = get_args(Language)

DEFAULT_MAX_FILE_SIZE = 1024**3


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(
            Message(
                '"{text}" is not a web address. Expected one that starts with https:// or http://.',
                text=shortened(value),
            )
        )
    return value


def _sheet(value: Any) -> Any:
    if value is not None and (isinstance(value, bool) or not isinstance(value, str | int)):
        raise ValueError("Expected the name of a sheet, or its position counted from 0.")
    return value


Sheet = Annotated[str | int | None, BeforeValidator(_sheet)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
_WITHOUT_EFFECT = "without effect"
Anything = Annotated[JsonValue, _WITHOUT_EFFECT]
"""Of a key that is accepted and does nothing."""


class UploadStep(SchemaModel):
    sheet_override: Sheet = None
    help_text: str | None = None


class MatchingStep(SchemaModel):
    header_row_override: int | None = Key(default=None, ge=0)
    fuzzy_match_headers: bool = True
    match_to_schema: bool = False
    skip_if_all_fields_matched: bool = False
    suggest_custom_first: bool = False
    help_text: str | None = None


class MatchValuesStep(SchemaModel):
    max_mappable_select_values: int = Key(default=50, ge=0, le=1000)
    help_text: str | None = None


class ReviewStep(SchemaModel):
    help_text: str | None = None
    processing_text: str | None = None
    allow_adding_rows: bool = True
    allow_removing_rows: bool = True
    highlight_auto_fixes: bool = False
    enable_navigating_errors: bool = False
    enable_user_transformations: bool = False
    transform_data_prompts: list[JsonValue] | None = Key(default=None, json_schema_extra={"x-form": "texts"})
    auto_create_unmapped_columns: bool = False
    remember_corrections: bool = False


class TextOverrides(SchemaModel):
    errors: dict[str, JsonValue] = Key(default={}, json_schema_extra={"x-form": "pairs"})
    ui: dict[str, JsonValue] = Key(default={}, json_schema_extra={"x-form": "pairs"})


class XmlParsingOptions(SchemaModel):
    force_array_tags: list[str] = []
    header_alias: dict[str, str] = {}
    enable_auto_array_heuristics: bool = False
    assume_single_root_child_is_array: bool = False


class Settings(SchemaModel):
    import_identifier: str | None = Key(default=None, min_length=1)
    title: str | None = None
    invalid_data_behavior: InvalidDataBehavior | None = None
    allow_invalid_submit: bool | None = None
    allow_empty_submit: bool = True
    max_records: int | None = Key(default=None, ge=0)
    max_file_size: int = Key(default=DEFAULT_MAX_FILE_SIZE, ge=1)
    delimiter: str | None = Key(default=None, min_length=1)
    allow_custom_fields: bool = False
    pass_through_unmapped_columns: bool = False
    auto_map_headers: bool = False
    development_mode: bool = False
    webhook_url: WebAddress | None = None
    needs_review_webhook_url: WebAddress | None = None
    initial_data: JsonValue = Key(default=None, json_schema_extra={"x-form": "rows"})
    locale: Language = "en"
    upload_step: UploadStep = UploadStep.model_construct()
    matching_step: MatchingStep = MatchingStep.model_construct()
    match_values_step: MatchValuesStep = MatchValuesStep.model_construct()
    review_step: ReviewStep = ReviewStep.model_construct()
    style_overrides: dict[str, JsonValue] = Key(default={}, json_schema_extra={"x-form": "styles"})
    text_overrides: TextOverrides = TextOverrides.model_construct()
    batch_row_hook_batch_size: int | None = Key(default=None, ge=1)
    xml_parsing_options: XmlParsingOptions = XmlParsingOptions.model_construct()

    # Accepted so that schemas written for a browser importer keep working; without effect here.
    backend_sync: Anything = None
    backend_sync_mode: Anything = None
    manual_input_disabled: Anything = None
    manual_input_only: Anything = None
    display_encoding: Anything = None
    browser_excel_parsing: Anything = None
    template_download_filename: Anything = None
    version: Anything = None
    alternate_domain: Anything = None
    backend_override: Anything = None
    save_partial_session: Anything = None
    session_id: Anything = None
    hydration_id: Anything = None
    initial_file: Anything = None

    @property
    def behavior(self) -> InvalidDataBehavior:
        """What happens to rows with an error, the deprecated `allowInvalidSubmit` considered."""
        if self.invalid_data_behavior is not None:
            return self.invalid_data_behavior
        return "INCLUDE_INVALID_ROWS" if self.allow_invalid_submit else "REMOVE_INVALID_ROWS"


WITHOUT_EFFECT = frozenset(
    field.alias or name for name, field in Settings.model_fields.items() if _WITHOUT_EFFECT in field.metadata
)
"""The keys that are accepted for the sake of schemas written for a browser importer."""


def without_nulls(raw: Any) -> Any:
    """`raw` without its null keys: clients send null for "not set", which is the same as leaving the key out."""
    if isinstance(raw, dict):
        return {
            key: without_nulls(value) if key.endswith("Step") else value
            for key, value in raw.items()
            if value is not None
        }
    return raw
