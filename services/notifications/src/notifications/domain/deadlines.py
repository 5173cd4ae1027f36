"""What is due on a message, derived from its state: so none is lost, neither by the night nor by a crash."""

from kernel.deadline import Deadline

from notifications.domain.message import Message, Sending, Sent, Waiting
from notifications.domain.policies import SETTLE_AFTER

SEND, SETTLE, LOOK = "send", "settle", "look"


def deadlines(message: Message) -> list[Deadline]:
    """To be sent, or given up at its expiry; to be settled by whoever finds it still being sent; to be looked after."""
    match message:
        case Waiting():
            return [Deadline(SEND, min(message.due_at, message.expires_at))]
        case Sending():
            return [Deadline(SETTLE, message.since + SETTLE_AFTER)]
        case Sent() if message.look_at is not None:
            return [Deadline(LOOK, message.look_at)]
        case _:
            return []
