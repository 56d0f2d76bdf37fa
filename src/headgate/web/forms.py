"""What all forms of the API share."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class ApiForm(BaseModel):
    """The body of a request or of an answer. What checks it is made with the first route that has it: of more than a hundred forms a
    process sees a few in its first minutes."""

    model_config = ConfigDict(defer_build=True)
