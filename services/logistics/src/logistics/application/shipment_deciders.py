"""Shipments with their rules, their facts and their deadlines."""

from chassis.handling import Decider

from logistics.application.announcing_shipments import of_shipping
from logistics.domain import shipment_changes, shipment_commands, shipment_decider, shipment_evolving
from logistics.domain.shipment import Shipping
from logistics.domain.shipment_watching import deadlines

SHIPMENTS: Decider[shipment_commands.Command, Shipping, shipment_changes.Change] = Decider(
    key=lambda command: command.order_id,
    decide=shipment_decider.decide,
    evolve=shipment_evolving.evolve,
    announce=of_shipping,
    deadlines=deadlines,
)
