"""What is kept of a claim on paper and in files: evidence, letters, and that the item was asked for."""

from dataclasses import dataclass
from datetime import date, datetime

from claims.domain.words import Answer, Channel, Paper


@dataclass(frozen=True, slots=True)
class Proof:
    """A file. Its name is sealed; what it is was seen in its content."""

    evidence_id: str
    name: str
    media_type: str
    size: int
    added_at: datetime
    added_by: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it was written, numbered; its text is sealed, `digest` its SHA-256. One by e-mail is sent by notifications:
    `sent_at` when it went; `failed` why it did not, and then it has to reach the customer otherwise by `again_by`.
    """

    number: int
    paper: Paper
    channel: Channel
    text: str
    digest: str
    at: datetime
    by: str
    sent_at: datetime | None = None
    failed: str | None = None
    again_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class ItemAsked:
    """That the customer was asked to hand in the item: without it no fine is due (500-FZ, a)."""

    on: date
    channel: Channel
    answer: Answer
