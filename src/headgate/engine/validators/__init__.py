"""The validators of a schema: which cells break which rule (schema.md, "Validators").

with build_validators(schema.fields) as validators:
    while validators.wants_pass:
        for batch in batches():
            validators.observe(batch)
        validators.end_pass()
    for batch in batches():
        for finding in validators.check(batch):
            ...
"""

from headgate.engine.validators.base import Batch, Finding, SlotColumn, Tracker, slot_column
from headgate.engine.validators.duplicates import Duplicates
from headgate.engine.validators.factory import Validators, build_validators
from headgate.engine.validators.messages import MESSAGES, default_message

__all__ = [
    "MESSAGES",
    "Batch",
    "Duplicates",
    "Finding",
    "SlotColumn",
    "Tracker",
    "Validators",
    "build_validators",
    "default_message",
    "slot_column",
]
