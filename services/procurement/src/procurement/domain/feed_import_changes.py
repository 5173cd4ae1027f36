"""What may happen to an import."""

from dataclasses import dataclass
from datetime import datetime

from kernel.actor import Actor

from procurement.domain.feed_import import Comparing, Stage, Tally, Wiping
from procurement.domain.feed_sight import Sight


@dataclass(frozen=True, slots=True)
class FeedReceived:
    import_id: str
    supplier_id: str
    by: str
    from_address: bool
    accept_stale: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class FeedFetched:
    etag: str | None
    last_modified: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class FeedWorkedOn:
    at: datetime
    waits: bool


@dataclass(frozen=True, slots=True)
class FeedProgressed:
    stage: Stage
    tally: Tally
    at: datetime


@dataclass(frozen=True, slots=True)
class FeedHeld:
    tally: Tally
    wiping: Wiping
    at: datetime


@dataclass(frozen=True, slots=True)
class MappingAsked:
    sight: Sight
    at: datetime


@dataclass(frozen=True, slots=True)
class MappingKnown:
    at: datetime


@dataclass(frozen=True, slots=True)
class OffersCompared:
    comparing: Comparing


@dataclass(frozen=True, slots=True)
class FeedApproved:
    by: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ApprovalRefused:
    """The one who brought the feed in tried to approve it himself, or somebody who may not (R80)."""

    import_id: str
    actor: Actor
    rule: str


@dataclass(frozen=True, slots=True)
class FeedImportEnded:
    stage: Stage
    tally: Tally
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ImportTakenUpAgain:
    at: datetime


Change = (
    FeedReceived
    | FeedFetched
    | FeedWorkedOn
    | FeedProgressed
    | FeedHeld
    | MappingAsked
    | MappingKnown
    | OffersCompared
    | FeedApproved
    | ApprovalRefused
    | FeedImportEnded
    | ImportTakenUpAgain
)
