"""What people said the columns of a supplier's feeds mean, kept by header: a feed of a known header goes by it without
asking (R43).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from kernel.action import Action
from kernel.actor import Actor
from kernel.refusal import Decision, Refused
from kernel.refused_duty import DutyRefused, duty

from procurement.domain.feed_sight import FeedMapping, Sight, wrong_with
from procurement.domain.refusals import MappingDoesNotFit

MOST_KEPT = 20
"""So many headers of one supplier are remembered; the one accepted longest ago is forgotten first."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A mapping, who said yes to it, and of which import."""

    mapping: FeedMapping
    header: tuple[str, ...]
    by: str
    at: datetime
    import_id: str


@dataclass(frozen=True, slots=True)
class SupplierMappings:
    supplier_id: str
    known: tuple[Accepted, ...] = ()

    def of(self, fingerprint: str) -> FeedMapping | None:
        """What was accepted for this header."""
        return next((each.mapping for each in self.known if each.mapping.fingerprint == fingerprint), None)


@dataclass(frozen=True, slots=True)
class AcceptMapping:
    """A person says what the columns mean of what was seen of an import."""

    supplier_id: str
    import_id: str
    mapping: FeedMapping
    sight: Sight
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class MappingAccepted:
    supplier_id: str
    accepted: Accepted


@dataclass(frozen=True, slots=True)
class MappingRefused:
    """Somebody tried whose duty it is not."""

    supplier_id: str
    attempt: DutyRefused


Change = MappingAccepted | MappingRefused


def decide(command: AcceptMapping, now: SupplierMappings | None) -> Decision[Change]:
    """What comes of it, or a refusal."""
    no = duty(command.actor, Action.MAP_FEED)
    if no is not None:
        return Refused((MappingRefused(command.supplier_id, no.changes[0]),), no.refusal)
    mapping, sight = command.mapping, command.sight
    wrong = (
        "the header is another one"
        if mapping.fingerprint != sight.fingerprint
        else wrong_with(mapping, sight)
    )
    if wrong:
        raise MappingDoesNotFit(f"This mapping can't be: {wrong}.", import_id=command.import_id)
    if now is not None and now.of(mapping.fingerprint) == mapping:
        return []
    accepted = Accepted(mapping, sight.header, command.actor.id, command.at, command.import_id)
    return [MappingAccepted(command.supplier_id, accepted)]


def evolve(now: SupplierMappings | None, change: Change) -> SupplierMappings:
    """The newest mapping of a header stands for it."""
    match change:
        case MappingAccepted():
            fingerprint = change.accepted.mapping.fingerprint
            others = [each for each in (now.known if now else ()) if each.mapping.fingerprint != fingerprint]
            return SupplierMappings(change.supplier_id, (*others, change.accepted)[-MOST_KEPT:])
        case MappingRefused():
            return now or SupplierMappings(change.supplier_id)
        case _:
            assert_never(change)


def mappings_of(now: SupplierMappings | None) -> Sequence[FeedMapping]:
    """All that was accepted."""
    return [each.mapping for each in now.known] if now else []
