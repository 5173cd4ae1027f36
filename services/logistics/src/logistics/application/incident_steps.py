"""Steps of a longer piece of work, each an occasion of its own."""

from collections.abc import Callable

from chassis.handling import Occasion
from kernel.calendar import WorkingCalendar

from logistics.domain.incident_commands import Pace

Pacing = Callable[[WorkingCalendar], Pace]
"""How much working time there is, by a shop's calendar."""


def step(occasion: Occasion, name: str, *, story: str | None = None) -> Occasion:
    """Caused by what set the work going; nothing of it need be remembered, since each step may be taken twice."""
    return Occasion(f"{occasion.id}/{name}", occasion.at, occasion.actor, story or occasion.correlation_id)
