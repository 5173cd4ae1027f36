"""Letters over HTTP: written by who has the claim, their words given to the service that sends them."""

from typing import Annotated

from chassis.http.asking import Asking
from chassis.http.fields import Line
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from fastapi import APIRouter, Path
from kernel.refused_duty import NotYourDuty
from pydantic import BaseModel, Field

from claims.domain.refusals import (
    LetterGone,
    LetterNotYet,
    NoAddress,
    PersonErased,
    UnknownClaim,
    UnknownLetter,
)
from claims.domain.words import Channel, Paper
from claims.entrypoints.wired import OF_A_CLAIM, ClaimId, In, Writes

router = APIRouter(prefix="/claims", tags=["letters"])

LetterId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,130}$")]


class LetterIn(In):
    paper: Paper
    channel: Channel = Field(description="By `email` it is sent from here; otherwise by you.")
    name: Line = Field(description="To whom; sealed with the letter.")


class LetterTextOut(BaseModel):
    """What is sent, and of which order the address is."""

    order_id: str | None
    customer_id: str | None
    language: str
    subject: str
    text: str


@router.post("/{claim_id}/letters", responses=refusals(*OF_A_CLAIM, LetterNotYet, NoAddress, PersonErased))
async def write_letter(claim_id: ClaimId, body: LetterIn, asked: Asking, writing: Writes) -> ReceiptOut:
    """Write a letter from what the claim is now. By e-mail it goes by itself; whether it went is shown with it."""
    occasion = asked.occasion(body)
    sent = await writing.send(claim_id, body.paper, body.channel, body.name, asked.actor, occasion)
    return receipt(sent)


@router.get(
    "/{claim_id}/letters/{letter_id}/text",
    responses=refusals(UnknownClaim, UnknownLetter, LetterGone, NotYourDuty),
)
async def read_letter(
    claim_id: ClaimId, letter_id: LetterId, asked: Asking, writing: Writes
) -> LetterTextOut:
    """The words of a letter, for services only; the look is recorded (R97)."""
    claim, letter = await writing.shown(claim_id, letter_id, asked.actor, asked.occasion())
    return LetterTextOut(
        order_id=claim.cause.order_id,
        customer_id=claim.cause.customer_id,
        language="ru",
        subject=writing.subject(claim, letter),
        text=letter.text,
    )
