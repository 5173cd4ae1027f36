"""A supplier: who answers for him, how he delivers, where his feed comes from, how old what he said may become."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from kernel.money import Money
from kernel.refused_duty import DutyRefused

from procurement.domain.standing import Chase, Phase, Standing, StandingChange, StandingCommand


@dataclass(frozen=True, slots=True)
class Feed:
    """An address to fetch the catalogue from, and how often."""

    url: str
    every: timedelta


@dataclass(frozen=True, slots=True)
class Conditions:
    """What is agreed with a supplier. `title` is a company, `owner_id` the buyer responsible for him (R45).

    `lead_days` are working days until goods are at our warehouse. `delivery_fee` is paid for one delivery to us; an
    order below `minimum_order` has to wait for others (R41). Until `cut_off`, a time of the shop, he takes orders for the
    day; `order_alone` lets them be placed without a click (R43).
    """

    title: str
    owner_id: str | None
    lead_days: int
    stale_after: timedelta
    allocate_when_stale: bool = False
    delivery_fee: Money | None = None
    minimum_order: Money | None = None
    feed: Feed | None = None
    cut_off: time | None = None
    order_alone: bool = False


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The last catalogue taken in. `dated`: the feed itself said as of when. `accept_stale`: whoever brought it in said
    that it may be sold from whatever its age.
    """

    import_id: str
    as_of: datetime
    dated: bool
    offers: int
    accept_stale: bool
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Supplier:
    """`busy_with` is the import under way: a supplier's catalogues are taken in one after the other."""

    supplier_id: str
    conditions: Conditions
    catalogue: Catalogue | None = None
    stale_told: bool = False
    busy_with: str | None = None
    fetch_at: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None
    standing: Standing = field(default_factory=Standing)

    @property
    def stale_at(self) -> datetime | None:
        """From when on the goods are to be confirmed before they are promised (R22)."""
        return self.catalogue and self.catalogue.as_of + self.conditions.stale_after

    def is_stale(self, at: datetime) -> bool:
        return self.stale_at is not None and self.stale_at <= at

    def said_at(self, as_of: datetime) -> datetime:
        """As of when an offer is known: a complete catalogue says all of itself again."""
        return max(as_of, self.catalogue.as_of) if self.catalogue else as_of

    def sells(self, as_of: datetime, at: datetime) -> bool:
        """Whether an order may be allocated now from an offer that was last said then (R22); not from who we parted with."""
        if self.standing.phase is Phase.PARTED:
            return False
        if self.conditions.allocate_when_stale or (self.catalogue and self.catalogue.accept_stale):
            return True
        return self.said_at(as_of) + self.conditions.stale_after > at


@dataclass(frozen=True, slots=True)
class AgreeConditions:
    """Register the supplier, or agree otherwise. `opening`: he must not be there yet. `owner_fits`: whom the conditions
    name may own suppliers (R4); `trial_until`: when a new one has been tried (R48).
    """

    supplier_id: str
    conditions: Conditions
    at: datetime
    opening: bool = False
    owner_fits: bool = True
    trial_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class BeginImport:
    """Take the supplier's one place for an import; `over` names an import that ended without giving it back."""

    supplier_id: str
    import_id: str
    received_at: datetime
    over: str | None = None


@dataclass(frozen=True, slots=True)
class EndImport:
    """Give the place back; `catalogue` is what is known now, None when nothing was taken in."""

    supplier_id: str
    import_id: str
    at: datetime
    catalogue: Catalogue | None = None
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class ConfirmCatalogue:
    """The feed's address says that nothing changed since."""

    supplier_id: str
    import_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SupplierDeadlinePassed:
    supplier_id: str
    name: str
    at: datetime
    chase: Chase | None = None


Command = (
    AgreeConditions | BeginImport | EndImport | ConfirmCatalogue | SupplierDeadlinePassed | StandingCommand
)


@dataclass(frozen=True, slots=True)
class ConditionsAgreed:
    supplier_id: str
    conditions: Conditions
    at: datetime


@dataclass(frozen=True, slots=True)
class ImportBegan:
    import_id: str


@dataclass(frozen=True, slots=True)
class ImportEnded:
    pass


@dataclass(frozen=True, slots=True)
class CatalogueRefreshed:
    catalogue: Catalogue
    at: datetime
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class CatalogueWentStale:
    at: datetime


@dataclass(frozen=True, slots=True)
class FetchFellDue:
    next_at: datetime


Change = (
    ConditionsAgreed
    | ImportBegan
    | ImportEnded
    | CatalogueRefreshed
    | CatalogueWentStale
    | FetchFellDue
    | StandingChange
    | DutyRefused
)
