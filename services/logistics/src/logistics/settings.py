"""Settings of the logistics service."""

from datetime import timedelta

from pydantic import Field

from logistics.cdek_settings import CdekSettings
from logistics.incident_settings import IncidentSettings


class LogisticsSettings(IncidentSettings, CdekSettings):
    """What logistics is told besides what every service is."""

    hold_for: timedelta = Field(
        default=timedelta(minutes=15),
        gt=timedelta(),
        description="How long a reservation waits for its order's confirmation (ISO 8601, PT15M); then it frees itself.",
    )
    register_ahead: timedelta = Field(
        default=timedelta(),
        ge=timedelta(),
        description="So long before the orders' cut-off a shipment that may go is registered with its carrier by itself "
        "(ISO 8601, PT1H); zero: people do it.",
    )

    def problems(self) -> list[str]:
        """What is wrong in any of the concerns."""
        return [*super().problems(), *self.cdek_problems]
