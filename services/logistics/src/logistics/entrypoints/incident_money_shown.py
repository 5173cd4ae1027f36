"""What an incident's money is made of, as shown (R55, R70, R73)."""

from datetime import datetime

from pydantic import BaseModel

from logistics.domain.incident import Emergency
from logistics.domain.penalty import Owed
from logistics.entrypoints.values import MoneyIO, amount


class OwedOut(BaseModel):
    """What the carrier's terms say: of which version, and for how many days late where days count."""

    money: MoneyIO
    terms_version: int
    days: int | None


class EmergencyOut(BaseModel):
    """A run at once; `agrees` is empty while it waits for a second person (R73)."""

    driver_id: str
    cost: MoneyIO
    by: str
    at: datetime
    agrees: bool | None
    decided_by: str | None


def emergency_out(run: Emergency) -> EmergencyOut:
    """A run as it is kept."""
    return EmergencyOut(
        driver_id=run.driver_id,
        cost=amount(run.cost),
        by=run.by,
        at=run.at,
        agrees=run.agrees,
        decided_by=run.decided_by,
    )


def owed_out(owed: Owed) -> OwedOut:
    """What is owed, as the terms say."""
    return OwedOut(money=amount(owed.money), terms_version=owed.terms_version, days=owed.days)
