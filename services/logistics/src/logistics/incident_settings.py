"""Settings of the work with incidents and of carriers' scorecards."""

from datetime import timedelta

from chassis.http.fields import GREATEST
from chassis.settings import ServiceSettings
from kernel.calendar import WorkingCalendar
from kernel.money import Money
from pydantic import Field

from logistics.domain.carrier_score_limits import Limits
from logistics.domain.incident_commands import Pace


class IncidentSettings(ServiceSettings):
    """What logistics is told of incidents."""

    default_shop: str = Field(
        default="main",
        description="The shop to which trouble belongs that names none: its working time counts.",
    )
    default_responsible: str = Field(
        default="owner", description="Who answers for incidents until crm has told who owns the shop."
    )
    incident_first_hours: float = Field(
        default=4.0, gt=0, le=1000, description="Working hours until a new incident is to be settled."
    )
    incident_again_hours: float = Field(
        default=8.0,
        gt=0,
        le=1000,
        description="Working hours for an incident that was reopened, whose closing was declined, or that is late at the top.",
    )
    window_grace_minutes: float = Field(
        default=30.0,
        ge=0,
        le=60 * 24,
        description="Minutes after the promised window's end before the carrier is asked and a delivery counts late.",
    )
    incident_most_lost: int = Field(
        default=5_000_00,
        ge=0,
        le=GREATEST,
        description="What may stay with us when one person closes an incident; in kopecks. More needs a second one.",
    )
    carrier_on_time: float = Field(
        default=0.9, ge=0, le=1, description="Share of deliveries in time below which a carrier is reviewed."
    )
    carrier_losses: float = Field(
        default=0.02, ge=0, le=1, description="Share of shipments lost above which a carrier is reviewed."
    )
    carrier_damages: float = Field(
        default=0.02, ge=0, le=1, description="Share of shipments damaged above which a carrier is reviewed."
    )
    carrier_complaints: float = Field(
        default=0.1,
        ge=0,
        le=1,
        description="Share of customers asked who complain of couriers' manners above which a carrier is reviewed.",
    )
    carrier_least: int = Field(
        default=10, ge=1, description="Shipments of the last 30 days from which on a carrier is judged."
    )

    def pace_of(self, calendar: WorkingCalendar) -> Pace:
        """How much working time there is (R52-R57)."""
        return Pace(
            calendar,
            timedelta(hours=self.incident_first_hours),
            timedelta(hours=self.incident_again_hours),
            self.window_grace,
        )

    @property
    def window_grace(self) -> timedelta:
        return timedelta(minutes=self.window_grace_minutes)

    @property
    def most_borne(self) -> Money:
        return Money(self.incident_most_lost)

    @property
    def carrier_limits(self) -> Limits:
        return Limits(
            on_time=self.carrier_on_time,
            losses=self.carrier_losses,
            damages=self.carrier_damages,
            complaints=self.carrier_complaints,
            least=self.carrier_least,
        )
