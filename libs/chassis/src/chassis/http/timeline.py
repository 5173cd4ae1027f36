"""A thing's timeline: what happened, when, by whom, why, and the facts told of it."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel, Field

from chassis.handling import Entry


class EntryOut(BaseModel):
    """One save."""

    number: int
    at: datetime
    what: list[str]
    who: str = Field(description="Staff id, or `service:<name>`.")
    why: str = Field(description="The command, fact or deadline that caused it.")
    told: list[str] = Field(description="`ce_id`s of the facts told.")


class TimelineOut(BaseModel):
    """Oldest first."""

    id: str
    entries: list[EntryOut]


def timeline(id_: str, entries: Sequence[Entry]) -> TimelineOut:
    """A history as answered."""
    return TimelineOut(
        id=id_,
        entries=[
            EntryOut(
                number=each.number,
                at=each.at,
                what=list(each.what),
                who=each.who,
                why=each.why,
                told=list(each.told),
            )
            for each in entries
        ],
    )
