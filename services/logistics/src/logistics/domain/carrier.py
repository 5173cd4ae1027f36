"""A carrier, and the register of his terms: which versions there are, and what was decided on each (R60, R73)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kernel.actor import Actor
from kernel.refused_duty import DutyRefused

from logistics.domain.moments import day_of


class Mode(StrEnum):
    """How it is delivered (R73)."""

    OWN_STAFF = "own_staff"
    RENTED_COURIER = "rented_courier"
    COURIER_SERVICE = "courier_service"
    PICK_UP_POINT = "pick_up_point"
    POST = "post"


class TermsStage(StrEnum):
    """A draft is written until it is decided on; the rest is final."""

    DRAFT = "draft"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a carrier besides the terms. `owner_id` is the person who answers for him; one that is not
    `active` takes no new promises and keeps the old ones.
    """

    title: str
    mode: Mode
    owner_id: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class Content:
    """What the register says of an agreement; the whole of it lies under its digest. `time_zone` is the carrier's."""

    digest: str
    effective_from: date
    time_zone: str
    zones: tuple[str, ...]
    points: int


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the terms. `revision` grows with each writing of the draft; `writers` are all who wrote in it, the
    last one last. `holds_from`: the first day on which it may be in force, once approved.
    """

    number: int
    revision: int
    content: Content
    stage: TermsStage
    writers: tuple[str, ...]
    written_at: datetime
    decided_by: str | None = None
    decided_at: datetime | None = None
    holds_from: date | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Carrier:
    carrier_id: str
    profile: Profile
    versions: tuple[Version, ...] = ()

    @property
    def draft(self) -> Version | None:
        """The version being written; never more than one."""
        return next((each for each in self.versions if each.stage is TermsStage.DRAFT), None)

    def version(self, number: int) -> Version | None:
        return next((each for each in self.versions if each.number == number), None)


def in_force(carrier: Carrier, on: date, known_at: datetime | None = None) -> Version | None:
    """The version in force on a day: of those approved whose day has come the one that came last, and of one day's the
    newest (R60). `known_at`: as it was at that moment, approvals since left out.
    """
    holding = [
        (each.holds_from, each.number, each)
        for each in carrier.versions
        if each.holds_from is not None and each.holds_from <= on and _approved_by(each, known_at)
    ]
    return max(holding, key=lambda each: each[:2])[2] if holding else None


def in_force_at(carrier: Carrier, at: datetime) -> Version | None:
    """The version in force at a moment: its day begins when the carrier's own clock says so, and not at midnight in UTC."""
    holding = [
        (each.holds_from, each.number, each)
        for each in carrier.versions
        if each.holds_from is not None
        and each.holds_from <= day_of(at, each.content.time_zone)
        and _approved_by(each, None)
    ]
    return max(holding, key=lambda each: each[:2])[2] if holding else None


def lately_in_force(carrier: Carrier, on: date, since: datetime) -> set[int]:
    """Versions that were in force for this day at any moment since then: whoever was told of one a moment ago may still
    count on it.
    """
    approvals = (each.decided_at for each in carrier.versions if each.holds_from is not None)
    moments = [since, *(at for at in approvals if at is not None and at > since)]
    held = (in_force(carrier, on, at) for at in moments)
    return {each.number for each in held if each is not None}


def _approved_by(version: Version, known_at: datetime | None) -> bool:
    if version.stage is not TermsStage.APPROVED:
        return False
    return known_at is None or (version.decided_at is not None and version.decided_at <= known_at)


@dataclass(frozen=True, slots=True)
class DescribeCarrier:
    carrier_id: str
    profile: Profile
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class WriteTerms:
    """Write the draft anew, or begin the next version."""

    carrier_id: str
    content: Content
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class ApproveTerms:
    """A second person's yes to the draft as he read it: to this revision."""

    carrier_id: str
    number: int
    revision: int
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class RejectTerms:
    carrier_id: str
    number: int
    reason: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class WithdrawTerms:
    carrier_id: str
    number: int
    actor: Actor
    at: datetime


Command = DescribeCarrier | WriteTerms | ApproveTerms | RejectTerms | WithdrawTerms


@dataclass(frozen=True, slots=True)
class CarrierDescribed:
    carrier_id: str
    profile: Profile


@dataclass(frozen=True, slots=True)
class TermsWritten:
    version: Version


@dataclass(frozen=True, slots=True)
class TermsApproved:
    version: Version


@dataclass(frozen=True, slots=True)
class TermsRejected:
    version: Version


@dataclass(frozen=True, slots=True)
class TermsWithdrawn:
    version: Version


Change = CarrierDescribed | TermsWritten | TermsApproved | TermsRejected | TermsWithdrawn | DutyRefused
