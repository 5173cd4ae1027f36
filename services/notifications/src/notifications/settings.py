"""Settings of the notifications service."""

from datetime import time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Self

from chassis.settings import ServiceSettings, SettingsProblem
from kernel.zone import UnknownZone, zone_named
from pydantic import AwareDatetime, Field, field_validator, model_validator

from notifications.domain.policies import USUAL, Policy
from notifications.way_out_settings import MailSettings, SmsSettings
from notifications.webhook_settings import WebhookSettings

NO_TIME = timedelta()


class NotificationsSettings(ServiceSettings):
    """What notifications is told besides what every service is."""

    mailbox: Path = Field(
        default=Path(".opblok/mailbox"),
        description="Folder that messages land in when there is no gateway (development).",
    )
    shop_name: str = Field(default="Наш магазин", description="How messages are signed.")
    shop_phone: str | None = Field(
        default=None, description="Where a person answers; every message names it (R108)."
    )
    quiet_until: time = Field(
        default=USUAL.opens, description="Nothing is sent before this local time of the delivery city."
    )
    quiet_from: time = Field(default=USUAL.closes, description="Nothing is sent from this local time on.")
    remind_at: time = Field(
        default=USUAL.remind_at, description="Local time of the reminder, the day before the delivery."
    )
    survey_at: time = Field(
        default=USUAL.survey_at,
        description="Local time of the survey's link, the day after the delivery (R26).",
    )
    message_zone: str = Field(
        default=USUAL.default_zone,
        description="Time zone where neither promise nor shop tells one (IANA name).",
    )
    message_keep: timedelta = Field(
        default=USUAL.keep, gt=NO_TIME, description="So long a message is tried and worth sending."
    )
    retry_pause: timedelta = Field(
        default=USUAL.pause, gt=NO_TIME, description="Pause after the first failed try; doubles each time."
    )
    retry_pause_most: timedelta = Field(
        default=USUAL.longest_pause, gt=NO_TIME, description="Longest pause between tries."
    )
    sms_segments: int = Field(
        default=4, ge=1, le=8, description="How many SMS a template may fill at most (R33)."
    )
    silent_before: AwareDatetime | None = Field(
        default=None,
        description="Orders placed before get no messages: for the first start in a shop with old orders.",
    )

    @field_validator("message_zone")
    @classmethod
    def a_zone(cls, name: str) -> str:
        """A time zone that there is."""
        try:
            zone_named(name)
        except UnknownZone as wrong:
            raise ValueError(str(wrong)) from wrong
        return name

    @model_validator(mode="after")
    def a_day_begins_before_it_ends(self) -> Self:
        """So that there is a time to send at all."""
        if not self.quiet_until < self.quiet_from:
            raise ValueError("OPBLOK_QUIET_UNTIL comes before OPBLOK_QUIET_FROM")
        return self

    @cached_property
    def sms(self) -> SmsSettings:
        """The SMS gateway."""
        return SmsSettings()

    @cached_property
    def letters(self) -> MailSettings:
        """The way out for e-mail."""
        return MailSettings()

    @cached_property
    def hooks(self) -> WebhookSettings:
        """Outgoing webhooks."""
        return WebhookSettings()

    @property
    def policy(self) -> Policy:
        """What the rules of writing go by."""
        return Policy(
            opens=self.quiet_until,
            closes=self.quiet_from,
            remind_at=self.remind_at,
            survey_at=self.survey_at,
            keep=self.message_keep,
            pause=self.retry_pause,
            longest_pause=self.retry_pause_most,
            silent_before=self.silent_before,
            default_zone=self.message_zone,
        )

    def problems(self) -> list[str]:
        """Besides the others': a shop whose messages would land in a folder nobody reads."""
        found = super().problems()
        try:
            found += [*self._lost_in_a_folder(), *self._without_credentials()]
        except SettingsProblem as wrong:
            found.append(str(wrong))
        return found

    def _lost_in_a_folder(self) -> list[str]:
        if self.mode == "development":
            return []
        if self.hooks.webhook_anywhere:
            return ["OPBLOK_WEBHOOK_ANYWHERE lets endpoints point inside; it is for OPBLOK_MODE=development."]
        to_folder = {
            "OPBLOK_SMS_GATEWAY": self.sms.sms_gateway == "mailbox",
            "OPBLOK_MAIL": self.letters.mail == "mailbox",
        }
        return [
            f"{name}=mailbox reaches no customer; it is for OPBLOK_MODE=development."
            for name, so in to_folder.items()
            if so
        ]

    def _without_credentials(self) -> list[str]:
        needed = {"smsc": "smsc_password", "smsru": "smsru_api_id"}.get(self.sms.sms_gateway)
        if needed is None or getattr(self.sms, needed) is not None:
            return []
        return [f"OPBLOK_{needed.upper()} (or OPBLOK_{needed.upper()}_FILE) is not set."]
