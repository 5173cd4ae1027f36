"""Settings of the carrier CDEK."""

from datetime import timedelta
from pathlib import Path

from chassis.settings import Settings, Url
from pydantic import Field, SecretStr


class CdekSettings(Settings):
    """The shop's integration account at CDEK. Without one its shipments are worked by hand."""

    cdek_account: str | None = Field(
        default=None, max_length=100, description="Account of CDEK's integration; none: people tell CDEK."
    )
    cdek_password: SecretStr | None = Field(default=None, description="Secure password of that account.")
    cdek_password_file: Path | None = Field(default=None, description="File that holds that password.")
    cdek_url: Url = Field(
        default="https://api.cdek.ru/v2",
        description="Address of CDEK's API; https://api.edu.cdek.ru/v2 for tests.",
    )
    cdek_timeout: float = Field(
        default=5.0, gt=0, le=60, description="Seconds to wait for an answer of CDEK."
    )
    cdek_carrier: str = Field(
        default="cdek", pattern=r"^[a-z0-9][a-z0-9-]{0,39}$", description="Which of our carriers is CDEK."
    )
    cdek_cities: dict[str, int] = Field(
        default_factory=dict,
        description='CDEK\'s city codes by our delivery zones, JSON: `{"moscow": 44, "novosibirsk": 270}`.',
    )
    cdek_door_tariff: int = Field(
        default=139, ge=1, description="Tariff to the door: 139 when CDEK fetches, 137 when we bring parcels."
    )
    cdek_point_tariff: int = Field(
        default=138, ge=1, description="Tariff to a point: 138 when CDEK fetches, 136 when we bring parcels."
    )
    cdek_brought_to: str | None = Field(
        default=None,
        description="Code of CDEK's office that parcels are brought to (MSK5); none: CDEK fetches.",
    )
    cdek_from_city: int | None = Field(
        default=None, ge=1, description="CDEK's code of the city where it fetches parcels."
    )
    cdek_from_address: str | None = Field(
        default=None, max_length=255, description="Street and house where CDEK fetches parcels."
    )
    cdek_grams: int = Field(
        default=1000, ge=1, le=500_000, description="What a piece weighs for CDEK's papers, in grams."
    )
    cdek_webhook_secret: SecretStr | None = Field(
        default=None,
        min_length=24,
        description="Secret last part of the path that CDEK notifies: `/webhooks/cdek/<secret>`; none: not heard.",
    )
    cdek_webhook_secret_file: Path | None = Field(
        default=None, description="File that holds the secret part of that path."
    )
    cdek_notify_url: Url | None = Field(
        default=None,
        description="Whole address that CDEK is to notify, with the secret; subscribed to at the start. None: not.",
    )
    cdek_ask_every: timedelta = Field(
        default=timedelta(hours=1),
        gt=timedelta(),
        description="How often CDEK is asked where a shipment is when its notifications say nothing (ISO 8601, PT1H).",
    )
    cdek_held_after: timedelta = Field(
        default=timedelta(hours=24),
        gt=timedelta(),
        description="A parcel that went back a step and lies there so long is an incident (ISO 8601, P1D).",
    )

    @property
    def cdek_problems(self) -> list[str]:
        """What is lacking to send with CDEK."""
        if self.cdek_account is None:
            return []
        fetched = self.cdek_from_city is not None and self.cdek_from_address is not None
        lacking = [
            (self.cdek_password is None, "OPBLOK_CDEK_PASSWORD (or its _FILE) is not set."),
            (
                self.cdek_brought_to is None and not fetched,
                "Set OPBLOK_CDEK_BROUGHT_TO, or OPBLOK_CDEK_FROM_CITY and OPBLOK_CDEK_FROM_ADDRESS.",
            ),
            (
                self.cdek_notify_url is not None and self.cdek_webhook_secret is None,
                "OPBLOK_CDEK_NOTIFY_URL needs OPBLOK_CDEK_WEBHOOK_SECRET (or its _FILE).",
            ),
        ]
        return [words for lacks, words in lacking if lacks]
