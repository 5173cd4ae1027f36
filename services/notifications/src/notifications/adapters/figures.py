"""What is counted: messages by what came of them, and what is left at the gateway."""

from chassis.metrics import meter
from kernel.money import Money

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
