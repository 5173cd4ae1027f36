"""What is counted: messages by what came of them, and what is left at the gateway."""

from chassis.chassis import Listing
from chassis.clock import Clock
from chassis.figures import ALL, Figure
from chassis.listing import Query
from chassis.metrics import meter
from kernel.money import Money

from notifications.domain.delivery import WAITING, Delivery

OUTCOMES = meter.create_counter(
    "opblok.messages.tries", description="Tries to send, by channel, template and what came of them."
)
BALANCE = meter.create_gauge("opblok.sms.balance", unit="RUB", description="What is left at the SMS gateway.")


def outcome(channel: str, template: str, came_of_it: str) -> None:
    """A gateway was asked."""
    OUTCOMES.add(1, {"channel": channel, "template": template, "outcome": came_of_it})


def balance(gateway: str, left: Money) -> None:
    """The gateway told what is left."""
    BALANCE.set(float(left.major()), {"gateway": gateway})


DELIVERIES = meter.create_counter(
    "opblok.webhooks.deliveries", description="Webhook tries by what came of them."
)


def delivered(came_of_it: str) -> None:
    """A webhook endpoint was called, or its delivery was given up."""
    DELIVERIES.add(1, {"outcome": came_of_it})


def backlog_age(deliveries: Listing[Delivery], clock: Clock) -> Figure:
    """How old the oldest webhook delivery is that has neither arrived nor been given up."""

    async def look() -> dict[str, float]:
        oldest = await deliveries.page(Query(equal={"state": WAITING}, order="created_at"), 1)
        since = [held.state.began_at for held in oldest.items if held.state]
        return {ALL: max((clock.now() - since[0]).total_seconds(), 0.0) if since else 0.0}

    return Figure(
        "opblok.webhooks.backlog_age",
        "s",
        "Age of the oldest webhook delivery that waits; 0 when none.",
        look,
    )
