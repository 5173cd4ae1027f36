"""Whether a parcel can be there in time, and what holds it up when it can't."""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from logistics.domain.cut_off import first_pick_up, makes
from logistics.domain.moments import day_of, moment
from logistics.domain.promise import Reason, Wish
from logistics.domain.terms import Terms


@dataclass(frozen=True)
class Reach:
    """What a version of terms can do for a wish of this moment. Asked for many days and windows, it looks up once."""

    terms: Terms
    wish: Wish
    at: datetime

    @cached_property
    def picked_up(self) -> date | None:
        """The pick-up that the order makes."""
        return first_pick_up(self.terms, self.at, self.wish.ready_on)

    @cached_property
    def picked_up_if_ready(self) -> date | None:
        """The one it would make if the goods were here."""
        return first_pick_up(self.terms, self.at, None)

    @cached_property
    def picked_up_if_early(self) -> date | None:
        """The one it would have made this morning."""
        zone = self.terms.agreement.time_zone
        return first_pick_up(self.terms, moment(day_of(self.at, zone), time(0), zone), self.wish.ready_on)

    def held_up_by(self, starts_at: datetime, day: date, lead_days: int) -> Reason | None:
        """Why it is not there by then; None when it is (R63, R65)."""
        if makes(self.terms, starts_at, day, lead_days, self.picked_up):
            return None
        if self.wish.ready_on and makes(self.terms, starts_at, day, lead_days, self.picked_up_if_ready):
            return Reason.GOODS_NOT_READY
        if makes(self.terms, starts_at, day, lead_days, self.picked_up_if_early):
            return Reason.PAST_CUT_OFF
        return Reason.LEAD_TIME

    def barred(
        self, day: date, time_zone: str, *, takes_payment: bool, most_pieces: int | None
    ) -> Reason | None:
        """What rules out the place or the day, whatever the hour."""
        today = day_of(self.at, time_zone)
        bars = (
            (self.wish.on_delivery and not takes_payment, Reason.NO_PAYMENT_ON_DELIVERY),
            (most_pieces is not None and self.wish.pieces > most_pieces, Reason.TOO_MANY_PIECES),
            (day < today, Reason.DATE_PASSED),
            ((day - today).days > self.terms.agreement.ahead_days, Reason.TOO_FAR_AHEAD),
        )
        return next((reason for bar, reason in bars if bar), None)
