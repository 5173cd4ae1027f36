"""Settings of the quality service."""

from datetime import time, timedelta
from pathlib import Path
from typing import Self

from chassis.settings import ServiceSettings, Url
from kernel.zone import UnknownZone, zone_named
from pydantic import Field, SecretStr, field_validator, model_validator

from quality.domain.policies import USUAL, CallingHours, Policy

HOURS = USUAL.hours


class QualitySettings(ServiceSettings):
    """What quality is told besides what every service is."""

    call_from: time = Field(
        default=HOURS.opens, description="Nobody is called before, on working days; local time of the city."
    )
    call_until: time = Field(default=HOURS.closes, description="Nobody is called from this time on.")
    call_from_off: time = Field(default=HOURS.opens_off, description="The same on days off.")
    call_until_off: time = Field(default=HOURS.closes_off, description="The same on days off.")
    call_morning: time = Field(default=HOURS.morning, description="When a call is planned for a morning.")
    call_evening: time = Field(default=HOURS.evening, description="When a call is planned for an evening.")
    call_again_after: timedelta = Field(
        default=HOURS.later, gt=timedelta(), description="How long after an unanswered call the same day."
    )
    call_ends_after: int = Field(
        default=USUAL.give_up_after, ge=2, le=60, description="Days after which an open call ends unasked."
    )
    second_check_share: int = Field(
        default=USUAL.check_share,
        ge=0,
        le=100,
        description="Percent of closed calls somebody else checks (R11).",
    )
    second_check_within: timedelta = Field(
        default=USUAL.check_within, gt=timedelta(), description="Time for a second check."
    )
    survey_first: bool = Field(
        default=False,
        description="The customer gets a link the morning after; who has not answered by the evening is called.",
    )
    calls_a_day: int = Field(
        default=40, ge=1, le=1000, description="Calls that one controller makes on a working day (R93)."
    )
    quality_zone: str = Field(
        default=USUAL.default_zone,
        description="Time zone of a shop that crm has told nothing of (IANA name).",
    )
    quality_owner: str = Field(
        default=USUAL.fallback_owner, description="Staff id that answers where no shop told its owner."
    )
    survey_url: Url = Field(
        default="http://127.0.0.1:8106", description="Address at which customers reach quality's /survey."
    )
    survey_key: SecretStr | None = Field(
        default=None,
        description="Key ring `id:key,id2:key2` of the links by which customers answer the survey; the first key signs,"
        " all are believed. Make one: `opblok keys generate`. Without it there are no links.",
    )
    survey_key_file: Path | None = Field(default=None, description="File that holds the key ring of surveys.")

    @field_validator("quality_zone")
    @classmethod
    def a_zone(cls, name: str) -> str:
        """A time zone that there is."""
        try:
            zone_named(name)
        except UnknownZone as wrong:
            raise ValueError(str(wrong)) from wrong
        return name

    @model_validator(mode="after")
    def there_is_a_time_to_call(self) -> Self:
        """Each day begins before it ends, and what is planned lies within working days' hours."""
        working = self.call_from <= self.call_morning < self.call_evening < self.call_until
        if not working or not self.call_from_off < self.call_until_off:
            raise ValueError("OPBLOK_CALL_FROM, _MORNING, _EVENING and _UNTIL must follow one another")
        return self

    @property
    def policy(self) -> Policy:
        """What the rules of asking go by."""
        hours = CallingHours(
            self.call_from,
            self.call_until,
            self.call_from_off,
            self.call_until_off,
            self.call_morning,
            self.call_evening,
            self.call_again_after,
        )
        return Policy(
            hours,
            self.second_check_share,
            self.second_check_within,
            self.call_ends_after,
            self.quality_zone,
            self.quality_owner,
            self.survey_first and self.survey_key is not None,
        )
