"""The rules of a supplier. Pure."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from kernel.deadline import Deadline
from kernel.refusal import Decision

from procurement.domain.case_refusals import OwnerMayNotBuy
from procurement.domain.offer import OWN
from procurement.domain.refusals import SupplierExists, SupplierIsReserved, UnknownSupplier
from procurement.domain.standing import (
    NameOwner,
    OwnerLeft,
    ReviewSupplier,
    TickItem,
    TrialBegan,
)
from procurement.domain.standing_rules import (
    decide_standing,
    pass_standing_deadline,
    standing_deadlines,
)
from procurement.domain.supplier import (
    AgreeConditions,
    BeginImport,
    CatalogueRefreshed,
    CatalogueWentStale,
    Change,
    Command,
    ConditionsAgreed,
    ConfirmCatalogue,
    EndImport,
    FetchFellDue,
    ImportBegan,
    ImportEnded,
    Supplier,
    SupplierDeadlinePassed,
)

STALE = "stale"
FETCH = "fetch"


def decide(command: Command, supplier: Supplier | None) -> Decision[Change]:
    """What comes of a command, or a refusal."""
    if isinstance(command, AgreeConditions):
        return agree(command, supplier)
    if supplier is None:
        raise UnknownSupplier(f"There is no supplier {command.supplier_id}.")
    match command:
        case TickItem() | ReviewSupplier() | NameOwner() | OwnerLeft():
            return decide_standing(command, supplier.standing, supplier.conditions.owner_id)
        case BeginImport():
            return begin_import(command, supplier)
        case EndImport():
            return end_import(command, supplier)
        case ConfirmCatalogue():
            return confirm(command, supplier)
        case SupplierDeadlinePassed():
            return pass_deadline(command, supplier)
        case _:
            assert_never(command)


def agree(command: AgreeConditions, supplier: Supplier | None) -> list[Change]:
    """Suppliers are registered and changed by the same words."""
    if command.supplier_id == OWN:
        raise SupplierIsReserved("The shop's own stock is set by PUT /own-stock, and has no conditions.")
    if supplier is not None and supplier.conditions == command.conditions:
        return []
    if supplier is not None and command.opening:
        raise SupplierExists(f"There is a supplier {command.supplier_id}.", supplier_id=command.supplier_id)
    owner, before = command.conditions.owner_id, supplier and supplier.conditions.owner_id
    if owner not in (None, before) and not command.owner_fits:
        raise OwnerMayNotBuy("Only an active senior buyer may answer for it.", owner_id=owner)
    agreed = ConditionsAgreed(command.supplier_id, command.conditions, command.at)
    tried = supplier is None and command.trial_until
    return [agreed, TrialBegan(tried)] if tried else [agreed]


def begin_import(command: BeginImport, supplier: Supplier) -> list[Change]:
    """One import at a time, and none that a newer one has overtaken. Who did not get the place sees it in the state."""
    if supplier.busy_with not in (None, command.over) or overtaken(command.received_at, supplier):
        return []
    return [ImportBegan(command.import_id)]


def overtaken(received_at: datetime, supplier: Supplier) -> bool:
    """A feed that came later was taken in already."""
    return supplier.catalogue is not None and supplier.catalogue.received_at > received_at


def end_import(command: EndImport, supplier: Supplier) -> list[Change]:
    """What was taken in is the catalogue now."""
    if supplier.busy_with != command.import_id:
        return []
    if command.catalogue is None:
        return [ImportEnded()]
    refreshed = CatalogueRefreshed(command.catalogue, command.at, command.etag, command.last_modified)
    return [refreshed, ImportEnded()]


def confirm(command: ConfirmCatalogue, supplier: Supplier) -> list[Change]:
    """An unchanged feed without a date of its own is as of now; a dated one is as old as it says."""
    if supplier.busy_with != command.import_id:
        return []
    if supplier.catalogue is None or supplier.catalogue.dated:
        return [ImportEnded()]
    catalogue = replace(supplier.catalogue, as_of=command.at, received_at=command.at)
    return [
        CatalogueRefreshed(catalogue, command.at, supplier.etag, supplier.last_modified),
        ImportEnded(),
    ]


def pass_deadline(command: SupplierDeadlinePassed, supplier: Supplier) -> list[Change]:
    """Old stock is told of once; a fetch that fell due is followed by the next (R22)."""
    match command.name:
        case "stale" if supplier.is_stale(command.at) and not supplier.stale_told:
            return [CatalogueWentStale(command.at)]
        case "fetch" if supplier.fetch_at and supplier.conditions.feed and supplier.fetch_at <= command.at:
            return [FetchFellDue(command.at + supplier.conditions.feed.every)]
        case _ if command.chase is not None:
            owner_id = supplier.conditions.owner_id
            return list(
                pass_standing_deadline(command.name, command.at, command.chase, supplier.standing, owner_id)
            )
        case _:
            return []


def deadlines(supplier: Supplier) -> list[Deadline]:
    """When his stock becomes too old, when his feed is to be fetched, and when somebody has to look at him."""
    due = standing_deadlines(supplier.standing)
    if supplier.stale_at and not supplier.stale_told:
        due.append(Deadline(STALE, supplier.stale_at))
    if supplier.fetch_at:
        due.append(Deadline(FETCH, supplier.fetch_at))
    return due
