"""What the routes reach of the composed service, and who may ask."""

from typing import Annotated, Any

from chassis.chassis import Listing
from chassis.http.asking import Asked, asked_by
from chassis.http.receipts import ReceiptOut, receipt
from fastapi import Depends, Path, Request
from kernel.actor import Actor, Role
from kernel.refusal import Refusal
from kernel.refused_duty import NotYourDuty
from pydantic import BaseModel, ConfigDict

from claims.application.assigning import Assigning
from claims.application.claiming import Claiming
from claims.application.evidence import Evidence
from claims.application.reporting import Reporting
from claims.application.reviewing import Reviewing
from claims.application.writing import Writing
from claims.domain.claim import Claim
from claims.domain.commands import Command
from claims.domain.policies import Policy
from claims.domain.refusals import ClaimClosed, UnknownClaim
from claims.domain.review import Review


def reached(name: str) -> Any:
    """A dependency: the wired thing of this name."""

    async def reach(request: Request) -> Any:
        return getattr(request.app.state, name)

    return Depends(reach)


READERS = tuple(sorted(set(Role) - {Role.SITE, Role.PARTNER, Role.SERVICE, Role.OFFICE_ADMINISTRATOR}))
Reader = Annotated[Actor, Depends(asked_by(*READERS))]
"""Of the house; lawyers and management read what they were brought in to (R7)."""

ClaimId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,120}$")]
ClaimsKept = Annotated[Listing[Claim], reached("claims")]
ReviewsKept = Annotated[Listing[Review], reached("reviews")]
Claims = Annotated[Claiming, reached("claiming")]
Assigns = Annotated[Assigning, reached("assigning")]
Reviews = Annotated[Reviewing, reached("reviewing")]
Files = Annotated[Evidence, reached("evidence")]
Writes = Annotated[Writing, reached("writing")]
Reports = Annotated[Reporting, reached("reporting")]
Rules = Annotated[Policy, reached("policy")]

OF_A_CLAIM: tuple[type[Refusal], ...] = (UnknownClaim, NotYourDuty, ClaimClosed)


class In(BaseModel):
    """A body without anything unknown."""

    model_config = ConfigDict(extra="forbid")


async def done(
    claiming: Claiming, command: Command, asked: Asked, body: BaseModel | None = None
) -> ReceiptOut:
    """Ask it of the claim, and answer what came of it."""
    return receipt(await claiming.ask(command, asked.occasion(body)))
