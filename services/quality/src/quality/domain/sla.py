"""A declared service level, as versions: what starts its clock, what stops it, in what term, kept how often (R13, R91, R92)."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from kernel.action import Action
from kernel.actor import Actor
from kernel.refusal import Decision, Refused
from kernel.refused_duty import DutyRefused, duty

from quality.domain.acts import Acts
from quality.domain.refusals import SlaChangedSince, SlaUnfit, UnknownSla


class Milestone(StrEnum):
    """What may start or stop a clock."""

    ORDER_PLACED = "order_placed"
    CONTACTED = "contacted"
    SUPPLY_SHORT = "supply_short"
    APOLOGY_SENT = "apology_sent"
    PROMISED = "promised"
    DELIVERED = "delivered"
    CUSTOMER_ASKED = "customer_asked"
    CLAIM_OPENED = "claim_opened"
    CLAIM_DECIDED = "claim_decided"
    ORDER_CANCELLED = "order_cancelled"


@dataclass(frozen=True, slots=True)
class Term:
    """So many minutes, of working time of the shop or of the clock."""

    minutes: int
    working: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """What is declared. Without a metric or target it is a wish, and is flagged (R13). `target` in percent."""

    title: str
    starts: Milestone | None
    stops: Milestone | None
    term: Term | None
    target: int | None
    valid_from: datetime
    review_on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """Numbered from 1. `read_by`: who acknowledged to have read it."""

    number: int
    draft: Draft
    by: str
    at: datetime
    read_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sla:
    """`versions` oldest first; a version is never edited, a newer one takes its place (R92)."""

    sla_id: str
    versions: tuple[Version, ...] = ()
    acts: Acts = field(default_factory=Acts)

    def in_force(self, at: datetime) -> Version | None:
        """The newest that is valid by then; what began under an older one keeps it."""
        valid = [each for each in self.versions if each.draft.valid_from <= at]
        return valid[-1] if valid else None


@dataclass(frozen=True, slots=True)
class Publish:
    """`seen` is the version the writer had before him, 0 for none."""

    sla_id: str
    draft: Draft
    seen: int
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class Acknowledge:
    sla_id: str
    number: int
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class SlaJournalled:
    sla_id: str
    up_to: int


@dataclass(frozen=True, slots=True)
class SlaOpened:
    """Somebody tried to publish it for the first time."""

    sla_id: str


@dataclass(frozen=True, slots=True)
class SlaPublished:
    version: Version


@dataclass(frozen=True, slots=True)
class SlaRead:
    number: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SlaActsWritten:
    up_to: int


SlaCommand = Publish | Acknowledge | SlaJournalled
SlaChange = SlaOpened | SlaPublished | SlaRead | SlaActsWritten | DutyRefused


class NoSuchBeginning(Exception):
    """A change of a service level that was never opened: a defect."""


def decide(command: SlaCommand, sla: Sla | None) -> Decision[SlaChange]:
    """Whoever answers for service declares; everybody concerned acknowledges (R13, R91)."""
    if isinstance(command, Publish):
        return _publish(command, sla)
    if sla is None:
        raise UnknownSla("There is no such service level.")
    if isinstance(command, SlaJournalled):
        done = any(each.number <= command.up_to for each in sla.acts.open)
        return [SlaActsWritten(command.up_to)] if done else []
    version = next((each for each in sla.versions if each.number == command.number), None)
    if version is None:
        raise UnknownSla("There is no such version of it.")
    read = command.actor.id in version.read_by
    return [] if read else [SlaRead(command.number, command.actor.id, command.at)]


def _publish(command: Publish, sla: Sla | None) -> Decision[SlaChange]:
    opened = () if sla else (SlaOpened(command.sla_id),)
    no = duty(command.actor, Action.DEFINE_SLA)
    if no is not None:
        return Refused((*opened, *no.changes), no.refusal)
    known = sla or Sla(command.sla_id)
    newest = known.versions[-1] if known.versions else None
    if newest and newest.draft == command.draft:
        return []
    if command.seen != (newest.number if newest else 0):
        raise SlaChangedSince("Another version is the newest.", newest=newest.number if newest else 0)
    draft = command.draft
    if draft.starts is not None and draft.starts is draft.stops:
        raise SlaUnfit("What starts the clock can't stop it.")
    if newest and draft.valid_from < newest.draft.valid_from:
        raise SlaUnfit("It would be valid before the version it takes the place of.")
    return [*opened, SlaPublished(Version(len(known.versions) + 1, draft, command.actor.id, command.at))]


def evolve(sla: Sla | None, change: SlaChange) -> Sla:
    """The service level after the change."""
    match change, sla:
        case SlaOpened(), None:
            return Sla(change.sla_id)
        case DutyRefused(), Sla():
            return sla
        case SlaActsWritten(), Sla():
            return replace(sla, acts=sla.acts.written(change.up_to))
        case SlaPublished(version), Sla():
            acts = sla.acts.plus("sla_published", version.by, version.at, str(version.number))
            return replace(sla, versions=(*sla.versions, version), acts=acts)
        case SlaRead(), Sla():
            return replace(
                sla,
                versions=tuple(_read(each, change) for each in sla.versions),
                acts=sla.acts.plus("sla_read", change.by, change.at, str(change.number)),
            )
        case _:
            raise NoSuchBeginning(type(change).__name__)


def _read(version: Version, change: SlaRead) -> Version:
    if version.number != change.number:
        return version
    return replace(version, read_by=(*version.read_by, change.by))
