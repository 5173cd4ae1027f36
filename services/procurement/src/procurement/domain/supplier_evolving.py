"""What a supplier is after a change."""

from dataclasses import replace

from kernel.refused_duty import DutyRefused

from procurement.domain.standing import OwnerNamed, StandingChange, Task
from procurement.domain.standing_rules import evolve_standing
from procurement.domain.supplier import (
    CatalogueRefreshed,
    CatalogueWentStale,
    Change,
    ConditionsAgreed,
    FetchFellDue,
    ImportBegan,
    ImportEnded,
    Supplier,
)


def evolve(supplier: Supplier | None, change: Change) -> Supplier:  # noqa: PLR0911 - a line for each change
    """The supplier after a change."""
    if isinstance(change, ConditionsAgreed):
        return _agreed(supplier, change)
    assert supplier is not None
    match change:
        case ImportBegan():
            return replace(supplier, busy_with=change.import_id)
        case ImportEnded():
            return replace(supplier, busy_with=None)
        case CatalogueRefreshed():
            after = replace(
                supplier, catalogue=change.catalogue, etag=change.etag, last_modified=change.last_modified
            )
            return replace(after, stale_told=supplier.stale_told and after.is_stale(change.at))
        case CatalogueWentStale():
            return replace(supplier, stale_told=True)
        case FetchFellDue():
            return replace(supplier, fetch_at=change.next_at)
        case DutyRefused():
            return supplier
        case _:
            return _stands(supplier, change)


def _stands(supplier: Supplier, change: StandingChange) -> Supplier:
    after = replace(supplier, standing=evolve_standing(supplier.standing, change))
    if isinstance(change, OwnerNamed):
        return replace(after, conditions=replace(supplier.conditions, owner_id=change.owner_id))
    return after


def _agreed(supplier: Supplier | None, change: ConditionsAgreed) -> Supplier:
    before = supplier or Supplier(change.supplier_id, change.conditions)
    feed, old = change.conditions.feed, before.conditions.feed
    after = replace(before, conditions=change.conditions)
    if change.conditions.owner_id not in (None, before.conditions.owner_id):
        after = replace(after, standing=before.standing.without(Task.NAME_OWNER))
    if feed is None:
        after = replace(after, fetch_at=None, etag=None, last_modified=None)
    elif feed != old or before.fetch_at is None:
        after = replace(after, fetch_at=change.at, etag=None, last_modified=None)
    return replace(after, stale_told=before.stale_told and after.is_stale(change.at))
