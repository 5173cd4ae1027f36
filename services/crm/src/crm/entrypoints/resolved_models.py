"""Whose a phone is, as answered to who resolves by it: one customer, and all who may be meant."""

from collections.abc import Sequence

from pydantic import BaseModel, Field

from crm.domain.customer import Customer
from crm.domain.sharing import Candidate


class MeantOut(BaseModel):
    """One who may be meant by a number; nothing personal."""

    customer_id: str
    owner_id: str | None
    contact_preference: str
    reason: str = Field(description="Why he stands before the next, as in `CandidateOut`.")


class ResolvedOut(BaseModel):
    """Who was known by the number first. Cards that were merged are one person."""

    customer_id: str
    owner_id: str | None
    contact_preference: str
    registered: bool = Field(description="Whether he is new.")
    ambiguous: bool = Field(description="Several share this number; ask who it is.")
    candidates: list[MeantOut] = Field(description="All who may be meant, the likeliest first.")


def resolved(customer: Customer, found: Sequence[Candidate], *, registered: bool) -> ResolvedOut:
    """Whose the number is, and who else has it."""
    meant = [
        MeantOut(
            customer_id=each.customer.customer_id,
            owner_id=each.customer.owner_id,
            contact_preference=each.customer.preference,
            reason=each.reason,
        )
        for each in found
    ]
    return ResolvedOut(
        customer_id=customer.customer_id,
        owner_id=customer.owner_id,
        contact_preference=customer.preference,
        registered=registered,
        ambiguous=len(meant) > 1,
        candidates=meant,
    )
