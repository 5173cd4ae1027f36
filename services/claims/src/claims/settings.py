"""Settings of the claims service."""

from datetime import timedelta

from chassis.settings import ServiceSettings
from kernel.zone import zone_named
from pydantic import Field, field_validator

from claims.domain.policies import Policy

NONE = timedelta()


class ClaimsSettings(ServiceSettings):
    """What claims is told besides what every service is."""

    claim_contact_within: timedelta = Field(
        default=timedelta(hours=2),
        gt=NONE,
        description="Working time; first contact with whoever complains (R75).",
    )
    claim_attend_within: timedelta = Field(
        default=timedelta(hours=14),
        gt=NONE,
        description="Working time; so long an open claim may lie untouched: two usual days.",
    )
    claim_alarm_within: timedelta = Field(
        default=timedelta(hours=4),
        gt=NONE,
        description="Working time; so long the shop's owner may keep a claim that no conflict manager was there for (R5).",
    )
    claim_approve_within: timedelta = Field(
        default=timedelta(hours=7),
        gt=NONE,
        description="Working time; so long an approval may take, at most until a working day before the law's last (R80).",
    )
    claim_approve_above: int = Field(
        default=1_000_000,
        ge=0,
        description="Minor units; a greater sum is approved by a second person (R80).",
    )
    claim_tries: int = Field(
        default=3,
        ge=1,
        le=30,
        description="Unanswered tries, each on another day, before a claim may be closed.",
    )
    claim_letter_again_within: timedelta = Field(
        default=timedelta(hours=4),
        gt=NONE,
        description="Working time; a letter that did not go is brought to the customer otherwise by then.",
    )
    claim_keep: timedelta = Field(
        default=timedelta(days=3 * 366),
        gt=NONE,
        description="So long after its closing a claim keeps the person: the limitation of actions (GK art. 196).",
    )
    claim_learning: int = Field(
        default=3, ge=0, le=100, description="So many first cases of a conflict manager need a mentor (R77)."
    )
    claim_guest_for: timedelta = Field(
        default=timedelta(days=14), gt=NONE, description="So long an invited person may read a claim (R7)."
    )
    claim_zone: str = Field(
        default="Europe/Moscow", description="Where the days of the law's terms are counted."
    )
    review_reply_within: timedelta = Field(
        default=timedelta(hours=7),
        gt=NONE,
        description="Working time; a review on a site is replied to by then (R81).",
    )
    evidence_largest: int = Field(
        default=25 * 2**20, ge=1, le=200 * 2**20, description="Bytes of one file of evidence."
    )
    claim_shop_name: str = Field(default="", description="The seller, as letters are signed.")

    @field_validator("claim_zone")
    @classmethod
    def known_zone(cls, zone: str) -> str:
        """A zone that exists."""
        zone_named(zone)
        return zone

    @property
    def policy(self) -> Policy:
        """In the domain's words."""
        return Policy(
            contact_within=self.claim_contact_within,
            attend_within=self.claim_attend_within,
            alarm_within=self.claim_alarm_within,
            keep=self.claim_keep,
            approve_within=self.claim_approve_within,
            letter_again_within=self.claim_letter_again_within,
            approve_above=self.claim_approve_above,
            tries=self.claim_tries,
            learning=self.claim_learning,
            guest_for=self.claim_guest_for,
            reply_within=self.review_reply_within,
            zone=self.claim_zone,
        )
