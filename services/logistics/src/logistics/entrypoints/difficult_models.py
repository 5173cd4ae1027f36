"""Those who are difficult, as shown (R74)."""

from datetime import datetime

from pydantic import BaseModel

from logistics.domain.difficult import Difficult, Party


class WarningOut(BaseModel):
    """Two people found him difficult, for this reason, until then (R74)."""

    party: Party
    party_id: str
    reason: str
    until: datetime


class DifficultOut(WarningOut):
    """Proposed by one, a flag once another signed it."""

    proposed_by: str
    proposed_at: datetime
    signed_by: str | None
    ended_at: datetime | None


def warning_out(it: Difficult) -> WarningOut:
    """As people are warned."""
    return WarningOut(party=it.party, party_id=it.party_id, reason=it.reason, until=it.until)


def difficult_out(it: Difficult) -> DifficultOut:
    """As it is kept."""
    return DifficultOut(
        party=it.party,
        party_id=it.party_id,
        reason=it.reason,
        until=it.until,
        proposed_by=it.proposed_by,
        proposed_at=it.proposed_at,
        signed_by=it.signed_by,
        ended_at=it.ended_at,
    )
