"""What a command answers: the thing's id and version, and what changed. The same key again: the same receipt."""

from typing import Any

from pydantic import BaseModel, Field

from chassis.handling import Outcome


class ReceiptOut(BaseModel):
    """A command was carried out, or there was nothing left to do."""

    id: str
    version: int = Field(description="The thing's version after it; grows with each change.")
    changes: list[str] = Field(description="What changed; empty when nothing was left to do.")


def receipt(outcome: Outcome[Any]) -> ReceiptOut:
    """The receipt of an outcome; a repeated one gives the first one's."""
    return ReceiptOut(id=outcome.key, version=outcome.version, changes=list(outcome.changes))
