"""Settings of outgoing webhooks."""

from datetime import timedelta
from typing import Annotated

from chassis.settings import Settings
from pydantic import Field

from notifications.application.hooks import Ceilings
from notifications.domain.reachable import Reach
from notifications.domain.trying import Persistence

NO_TIME = timedelta()


class WebhookSettings(Settings):
    """Facts sent by HTTP to those without Kafka."""

    webhooks: bool = Field(default=True, description="Whether facts are sent to webhook endpoints.")
    webhook_anywhere: bool = Field(
        default=False,
        description="Endpoints may be plain http, on any port and inside; for development, refused in production.",
    )
    webhook_ports: frozenset[int] = Field(
        default=Reach().ports, description="Ports that endpoints may have (JSON list)."
    )
    webhook_timeout: float = Field(
        default=15.0, gt=0, le=60, description="Seconds for a call, from the name to the answer."
    )
    webhook_settle: timedelta = Field(
        default=timedelta(minutes=1),
        gt=NO_TIME,
        description="A try whose end nobody has told so long after its time limit is taken for lost, and sent again.",
    )
    webhook_pauses: tuple[Annotated[timedelta, Field(gt=NO_TIME)], ...] = Field(
        default=Persistence().pauses,
        max_length=30,
        description="Pauses between tries, before jitter (JSON list of durations); one more try than pauses.",
    )
    webhook_try_for: timedelta = Field(
        default=Persistence().within, gt=NO_TIME, description="No try begins later than this after the first."
    )
    webhook_disable_after: timedelta = Field(
        default=timedelta(days=5),
        gt=NO_TIME,
        description="An endpoint that fails so long is disabled; its keeper is warned after a fifth of it.",
    )
    webhook_endpoints_most: int = Field(
        default=20, ge=1, le=100, description="Endpoints that a shop may have."
    )
    webhook_backlog_most: int = Field(
        default=10_000, ge=1, le=1_000_000, description="Deliveries that may wait for one endpoint."
    )
    webhook_keep: timedelta = Field(
        default=timedelta(days=30), gt=NO_TIME, description="Ended deliveries are removed after this."
    )

    @property
    def reach(self) -> Reach:
        """Which addresses may be called."""
        return Reach(self.webhook_ports, self.webhook_anywhere)

    @property
    def persistence(self) -> Persistence:
        """How long and how often it is tried."""
        settle = timedelta(seconds=self.webhook_timeout) + self.webhook_settle
        return Persistence(self.webhook_pauses, self.webhook_try_for, settle)

    @property
    def ceilings(self) -> Ceilings:
        """How much there may be."""
        return Ceilings(self.webhook_endpoints_most, self.webhook_backlog_most)
