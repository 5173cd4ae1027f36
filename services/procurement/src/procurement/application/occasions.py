"""Steps of a longer piece of work, each an occasion of its own."""

from datetime import datetime

from chassis.handling import Occasion


def step(occasion: Occasion, name: str, at: datetime | None = None, *, story: str | None = None) -> Occasion:
    """Caused by what set the work going; nothing of it need be remembered, since each step may be taken twice."""
    return Occasion(
        id=f"{occasion.id}/{name}",
        at=at or occasion.at,
        actor=occasion.actor,
        correlation_id=story or occasion.correlation_id,
    )
