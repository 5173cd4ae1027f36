"""The four things procurement keeps, each with its rules, its facts and its deadlines."""

from chassis.handling import Decider

from procurement.application import announcements
from procurement.domain import (
    allocation,
    allocation_changes,
    allocation_clock,
    allocation_decider,
    allocation_evolving,
    feed_import,
    feed_import_changes,
    feed_import_commands,
    feed_import_decider,
    feed_import_evolving,
    offer,
    offer_decider,
    supplier,
    supplier_decider,
    supplier_evolving,
)

SUPPLIERS: Decider[supplier.Command, supplier.Supplier, supplier.Change] = Decider(
    key=lambda command: command.supplier_id,
    decide=supplier_decider.decide,
    evolve=supplier_evolving.evolve,
    announce=announcements.of_supplier,
    deadlines=supplier_decider.deadlines,
)

OFFERS: Decider[offer.Command, offer.Offer, offer.Change] = Decider(
    key=lambda command: command.offer_id,
    decide=offer_decider.decide,
    evolve=offer_decider.evolve,
    announce=announcements.of_offer,
    deadlines=lambda _: (),
)

IMPORTS: Decider[feed_import_commands.Command, feed_import.FeedImport, feed_import_changes.Change] = Decider(
    key=lambda command: command.import_id,
    decide=feed_import_decider.decide,
    evolve=feed_import_evolving.evolve,
    announce=announcements.of_import,
    deadlines=feed_import_decider.deadlines,
)

ALLOCATIONS: Decider[allocation.Command, allocation.Allocation, allocation_changes.Change] = Decider(
    key=lambda command: command.order_id,
    decide=allocation_decider.decide,
    evolve=allocation_evolving.evolve,
    announce=announcements.of_allocation,
    deadlines=allocation_clock.deadlines,
)
