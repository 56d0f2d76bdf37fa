"""A text that can be said in another language later: English, which remembers what it was made of."""

from __future__ import annotations

from typing import Any


class Message(str):
    """The English text of `template` with its parameters, wherever a text is wanted; `headgate.texts` says it in another
    language. A parameter may be a Message too. Texts without parameters need not be one: they are known as they are.
    """

    template: str
    parameters: dict[str, Any]

    def __new__(cls, template: str, **parameters: Any) -> Message:
        """Placeholders of the template are `{name}`. Raises KeyError for one without a parameter."""
        made = super().__new__(cls, template.format_map(parameters))
        made.template, made.parameters = template, parameters
        return made

    def __str__(self) -> str:
        """Itself: an exception that is asked for its text gives it back whole."""
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return _made_again, (self.template, self.parameters)


def _made_again(template: str, parameters: dict[str, Any]) -> Message:
    return Message(template, **parameters)
