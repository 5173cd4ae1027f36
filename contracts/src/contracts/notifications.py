"""Facts published by notifications. None carries a word of a message, nor whom it went to."""

from typing import ClassVar, Literal

from pydantic import AwareDatetime

from contracts.fact import Fact, published
from contracts.values import Code, Count, Id


class MessageFact(Fact):
    """A message to a customer, by one channel. `template` is what it says, `cause_id` the `ce_id` of the fact it follows;
    the story is the order, where there is one.
    """

    message_id: Id
    order_id: Id | None = None
    customer_id: Id | None = None
    channel: Literal["sms", "email"] | Code
    template: (
        Literal[
            "order_taken",
            "apology_and_offer",
            "delivery_agreed",
            "delivery_reminder",
            "refund_due",
            "refunded",
        ]
        | Code
    )
    language: Literal["ru", "en"] | Code
    cause_id: Id | None = None

    def subject(self) -> str:
        return self.message_id

    def story(self) -> str:
        return self.order_id or self.message_id


@published
class MessageSentV1(MessageFact):
    """A gateway took the message; that is not yet its arrival (R19)."""

    topic: ClassVar[str] = "message.sent"
    type: ClassVar[str] = "message.sent.v1"
    gateway: Code
    sent_at: AwareDatetime


@published
class MessageFailedV1(MessageFact):
    """The message did not go out, or did not arrive, and is not tried again: a person has to reach the customer."""

    topic: ClassVar[str] = "message.failed"
    type: ClassVar[str] = "message.failed.v1"
    reason: Literal["no_address", "refused", "undeliverable", "expired", "gateway_down"] | Code
    attempts: Count
