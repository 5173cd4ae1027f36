"""Settings of the orders service."""

from datetime import timedelta

from chassis.settings import ServiceSettings
from pydantic import Field

from orders.domain.policies import USUAL, Policy
from orders.offer_settings import OfferSettings
from orders.tbank_settings import TBankSettings

NO_TIME = timedelta()


class OrdersSettings(ServiceSettings, TBankSettings, OfferSettings):
    """What orders is told besides what every service is. Spans are ISO 8601 (PT30M) and count working time."""

    default_responsible: str = Field(
        default="owner", description="Staff id that answers for an order when crm has told of nobody yet."
    )
    default_zone: str = Field(
        default="Europe/Moscow", description="Time zone of a shop that crm has not told of yet (IANA name)."
    )
    remind_after: timedelta = Field(
        default=USUAL.remind_after, gt=NO_TIME, description="First step of the contact clock: reminder."
    )
    reassign_after: timedelta = Field(
        default=USUAL.reassign_after, gt=NO_TIME, description="Second step: somebody else answers."
    )
    alarm_after: timedelta = Field(
        default=USUAL.alarm_after, gt=NO_TIME, description="Third step: the shop's owner is alarmed."
    )
    apology_within: timedelta = Field(
        default=USUAL.apology_within,
        gt=NO_TIME,
        description="Goods are missing: until then the customer has an apology and an offer.",
    )
    look_again_after: timedelta = Field(
        default=USUAL.look_again_after, gt=NO_TIME, description="How often an open order must be looked at."
    )
    come_back_within: timedelta = Field(
        default=USUAL.come_back_within,
        gt=NO_TIME,
        description="A delivery failed: until then the order's responsible person has seen to it.",
    )
    promise_least: timedelta = Field(
        default=USUAL.promise_least,
        gt=NO_TIME,
        description="With no more of the working day left, the promise of delivery is due on the next one.",
    )
    refund_limit: int = Field(
        default=USUAL.refund_limit,
        ge=0,
        description="Refunds of an order above this sum, in minor units (kopecks), need a second person's yes.",
    )
    lapse_attempts: int = Field(
        default=USUAL.lapse_attempts, ge=1, description="Attempts to contact before an order may lapse."
    )
    lapse_days: int = Field(
        default=USUAL.lapse_days, ge=1, description="On how many days of the shop they must have been made."
    )

    @property
    def policy(self) -> Policy:
        """What the rules of an order go by."""
        return Policy(
            remind_after=self.remind_after,
            reassign_after=self.reassign_after,
            alarm_after=self.alarm_after,
            apology_within=self.apology_within,
            look_again_after=self.look_again_after,
            come_back_within=self.come_back_within,
            promise_least=self.promise_least,
            refund_limit=self.refund_limit,
            lapse_attempts=self.lapse_attempts,
            lapse_days=self.lapse_days,
            offer_lasts=self.offer_lasts,
            bonus_max_share=self.bonus_max_share,
        )
