"""What a carrier owes for what he does not keep, as agreed (R70)."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from logistics.domain.penalty import Penalty
from logistics.entrypoints.values import MoneyIO, amount


class PenaltyIO(BaseModel):
    """A fixed sum and a percentage of the goods, once or by each day begun; `most` in all."""

    model_config = ConfigDict(extra="forbid")
    kind: Literal["delay", "loss", "damage"]
    fixed: MoneyIO = Field(default_factory=lambda: MoneyIO(minor=0))
    percent: Annotated[int, Field(ge=0, le=100)] = Field(0, description="Of the goods' value.")
    by_day: bool = Field(False, description="For each day begun since the promised window ended.")
    most: MoneyIO | None = None

    def penalty(self) -> Penalty:
        most = self.most.money() if self.most else None
        return Penalty(self.kind, self.fixed.money(), self.percent, self.by_day, most)


def penalty_out(agreed: Penalty) -> PenaltyIO:
    """As it was agreed."""
    return PenaltyIO.model_construct(
        kind=agreed.kind,
        fixed=amount(agreed.fixed),
        percent=agreed.percent,
        by_day=agreed.by_day,
        most=amount(agreed.most) if agreed.most else None,
    )
