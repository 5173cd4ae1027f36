"""What is asked of notifications over HTTP, and what it answers."""

from datetime import datetime
from typing import Annotated

from chassis.http.fields import Id
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from notifications.domain.message import Delivered, Failed, Message, Sending, Sent, Waiting
from notifications.domain.template import Texts
from notifications.domain.words import Channel, Language, Paper, Template

Source = Annotated[str, StringConstraints(max_length=8000, pattern=r"^[^\x00-\x08\x0B\x0C\x0E-\x1F\x7F]*$")]


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TextsIn(Asked):
    """The words, with `{{ variables }}`; `email` is text, its HTML is made of it."""

    sms: Source
    subject: Source
    email: Source

    def texts(self) -> Texts:
        """In the domain's words."""
        return Texts(self.sms, self.subject, self.email)


class TemplateIn(TextsIn):
    language: Language
    seen: int = Field(ge=0, le=1_000_000, description="The version you had before you; 0 is what is shipped.")


class PreviewIn(Asked):
    """A draft, or what is in force; a sample, or the customer of a real order."""

    language: Language | None = None
    draft: TextsIn | None = None
    order_id: Id | None = None


class RestoreIn(Asked):
    language: Language
    version: int = Field(ge=0, le=1_000_000, description="0 is what is shipped.")


class TemplateOut(BaseModel):
    """A template in one language, as it is sent now."""

    name: Template
    language: Language
    version: int
    sms: str
    subject: str
    email: str


class TemplatesOut(BaseModel):
    items: list[TemplateOut]


class PreviewOut(BaseModel):
    """As the customer would read it."""

    sms: str
    segments: int
    subject: str
    text: str
    html: str
    faults: list[str] = Field(description="Why it could not be saved so; empty when it could.")


class MessageOut(BaseModel):
    """A message. Its words are kept nowhere; `address` is masked, and there once it was tried."""

    message_id: str
    order_id: str | None
    number: str
    channel: Channel
    template: Template | Paper
    state: str
    language: str | None
    address: str | None
    written_at: datetime
    due_at: datetime | None = None
    expires_at: datetime | None = None
    sent_at: datetime | None = None
    delivered_at: datetime | None = None
    gateway: str | None = None
    cost: str | None = None
    reason: str | None = Field(default=None, description="Why it failed, was dropped, or is tried again.")
    tries: int
    round: int
    cause_id: str


def message_out(message: Message) -> MessageOut:
    """As shown to people: never the address in the clear."""
    writing, trail = message.writing, message.trail
    waits = message if isinstance(message, Waiting | Sending) else None
    went = message if isinstance(message, Sent | Delivered | Failed) else None
    cost = message.cost if isinstance(message, Sent | Delivered) else None
    return MessageOut(
        message_id=writing.message_id,
        order_id=writing.order_id,
        number=writing.number,
        channel=writing.channel,
        template=writing.template,
        state=message.kind,
        language=trail.language,
        address=trail.masked.value if trail.masked else None,
        written_at=writing.written_at,
        due_at=message.due_at if isinstance(message, Waiting) else None,
        expires_at=waits.expires_at if waits else None,
        sent_at=went.sent_at if went else None,
        delivered_at=message.delivered_at if isinstance(message, Delivered) else None,
        gateway=went.gateway if went else None,
        cost=str(cost) if cost else None,
        reason=getattr(message, "reason", None) or trail.fault,
        tries=trail.tries,
        round=trail.round,
        cause_id=writing.cause_id,
    )
