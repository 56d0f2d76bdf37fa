"""What reads long columns: modules that are loaded when something of them is first asked for, and NumPy with them.

A few cells are read text by text. `from headgate.engine.types.late_columns import date_fast` stands where
`from headgate.engine.types import date_fast` would; to a type checker both are the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from headgate.libraries import LoadedLater

if TYPE_CHECKING:
    from headgate.engine.types import date_classes as date_classes
    from headgate.engine.types import date_columns as date_columns
    from headgate.engine.types import date_fast as date_fast
    from headgate.engine.types import digit_templates as digit_templates
    from headgate.engine.types import domain_columns as domain_columns
    from headgate.engine.types import number_columns as number_columns
    from headgate.engine.types import number_fast as number_fast
    from headgate.engine.types import number_written as number_written
    from headgate.engine.types import phone_columns as phone_columns
    from headgate.engine.types import phone_rules as phone_rules
    from headgate.engine.types import text_shapes as text_shapes
else:
    date_classes = LoadedLater(f"{__package__}.date_classes")
    date_columns = LoadedLater(f"{__package__}.date_columns")
    date_fast = LoadedLater(f"{__package__}.date_fast")
    digit_templates = LoadedLater(f"{__package__}.digit_templates")
    domain_columns = LoadedLater(f"{__package__}.domain_columns")
    number_columns = LoadedLater(f"{__package__}.number_columns")
    number_fast = LoadedLater(f"{__package__}.number_fast")
    number_written = LoadedLater(f"{__package__}.number_written")
    phone_columns = LoadedLater(f"{__package__}.phone_columns")
    phone_rules = LoadedLater(f"{__package__}.phone_rules")
    text_shapes = LoadedLater(f"{__package__}.text_shapes")
