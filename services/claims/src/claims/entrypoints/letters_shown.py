"""Letters as they are shown, and whether they went."""

from datetime import datetime

from pydantic import BaseModel, Field

from claims.domain.claim import Claim
from claims.domain.papers import Letter
from claims.domain.posting import letter_id
from claims.domain.words import Channel


class LetterOut(BaseModel):
    number: int
    paper: str
    channel: str
    at: datetime
    by: str
    digest: str
    letter_id: str
    state: str = Field(description="`by_person`, or of an e-mail `waiting`, `sent`, `failed`.")
    failed: str | None
    text: str | None


def letters_out(claim: Claim, *, whole: bool) -> list[LetterOut]:
    """`whole`: with their texts."""
    return [
        LetterOut(
            number=each.number, paper=each.paper, channel=each.channel, at=each.at, by=each.by,
            digest=each.digest, letter_id=letter_id(claim.claim_id, each.number), state=_went(each),
            failed=each.failed, text=each.text if whole else None,
        )
        for each in claim.letters
    ]  # fmt: skip


def _went(letter: Letter) -> str:
    if letter.failed or letter.sent_at:
        return "failed" if letter.failed else "sent"
    return "waiting" if letter.channel is Channel.EMAIL else "by_person"
