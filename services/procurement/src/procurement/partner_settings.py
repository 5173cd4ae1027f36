"""Settings of the work with suppliers: cases, standing, sales stops."""

from datetime import timedelta

from chassis.http.fields import GREATEST
from chassis.settings import ServiceSettings
from kernel.money import Money
from pydantic import Field

from procurement.application.owning import Patience
from procurement.domain.finding import MOST_LEFT, WIDEST_MARGIN
from procurement.domain.stop_proposals import Thresholds


class PartnerSettings(ServiceSettings):
    """What procurement is told of suppliers, cases and sales stops."""

    default_shop: str = Field(
        default="main", description="The shop whose suppliers they are: its working time counts."
    )
    default_responsible: str = Field(
        default="owner",
        description="Who answers for suppliers and cases until crm has told who owns the shop.",
    )
    stop_grace_minutes: float = Field(
        default=30.0,
        ge=0,
        le=60 * 24,
        description="Orders placed up to so many minutes after a sale was closed are still supplied.",
    )
    stop_margin: int = Field(
        default=10,
        ge=0,
        le=WIDEST_MARGIN,
        description="Margin below which a sales stop is proposed, in % of the price.",
    )
    stop_left: int = Field(
        default=2, ge=0, le=MOST_LEFT, description="Pieces left, up to which a sales stop is proposed."
    )
    stop_lead_days: int = Field(
        default=14,
        ge=0,
        le=365,
        description="Working days of lead time beyond which a sales stop is proposed.",
    )
    stop_reliability: float = Field(
        default=0.5, ge=0, le=1, description="Reliability of suppliers below which a sales stop is proposed."
    )
    stop_claims: int = Field(default=3, ge=1, description="Claims from which on a sales stop is proposed.")
    stop_claim_days: int = Field(
        default=180,
        ge=1,
        le=1000,
        description="Days that a claim counts for a sales stop, from when it was heard of.",
    )

    price_gap: int = Field(
        default=15,
        ge=0,
        le=10_000,
        description="How far our price is off what others ask for the same goods before it is reported; in %.",
    )
    case_remind_days: int = Field(
        default=3, ge=0, le=100, description="Working days until the owner of a supplier case is reminded."
    )
    case_due_days: int = Field(
        default=5, ge=1, le=100, description="Working days until a supplier case is to be settled."
    )
    case_escalated_days: int = Field(
        default=2,
        ge=1,
        le=100,
        description="Working days the service owner, then the shop's owner, has for a case that was late, each time.",
    )
    case_most_told: int = Field(
        default=3,
        ge=1,
        le=100,
        description="How often the shop's owner is told of the same late supplier case; it stays with him all the same.",
    )
    case_most_lost: int = Field(
        default=5_000_00,
        ge=0,
        le=GREATEST,
        description="What one person may give up when closing a supplier case; in kopecks. More needs a second one.",
    )
    trial_days: int = Field(default=30, ge=1, le=366, description="Working days a new supplier is tried for.")
    check_again_days: int = Field(
        default=120,
        ge=1,
        le=500,
        description="Working days until a supplier who was kept is looked at again.",
    )
    supplier_task_days: int = Field(
        default=5, ge=1, le=100, description="Working days for a task about a supplier."
    )

    @property
    def patience(self) -> Patience:
        """How long people have (R44, R48)."""
        return Patience(
            remind=self.case_remind_days,
            due=self.case_due_days,
            escalated=self.case_escalated_days,
            task=self.supplier_task_days,
            most_told=self.case_most_told,
        )

    @property
    def most_lost(self) -> Money:
        return Money(self.case_most_lost)

    @property
    def stop_grace(self) -> timedelta:
        return timedelta(minutes=self.stop_grace_minutes)

    @property
    def stop_claims_back(self) -> timedelta:
        return timedelta(days=self.stop_claim_days)

    @property
    def stop_limits(self) -> Thresholds:
        """The thresholds of the four criteria (R46)."""
        return Thresholds(
            margin=self.stop_margin,
            left=self.stop_left,
            lead_days=self.stop_lead_days,
            reliability=self.stop_reliability,
            claims=self.stop_claims,
        )
