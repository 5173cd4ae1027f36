"""Shipments and pick-ups with their rules, their facts and their deadlines."""

from chassis.handling import Decider

from logistics.application.announcing_pick_ups import of_pick_up
from logistics.application.announcing_shipments import of_shipping
from logistics.domain import (
    pick_up,
    pick_up_changes,
    pick_up_commands,
    pick_up_decider,
    pick_up_evolving,
    pick_up_watching,
    shipment_changes,
    shipment_commands,
    shipment_decider,
    shipment_evolving,
)
from logistics.domain.shipment import Shipping
from logistics.domain.shipment_watching import deadlines

SHIPMENTS: Decider[shipment_commands.Command, Shipping, shipment_changes.Change] = Decider(
    key=lambda command: command.order_id,
    decide=shipment_decider.decide,
    evolve=shipment_evolving.evolve,
    announce=of_shipping,
    deadlines=deadlines,
)

PICK_UPS: Decider[pick_up_commands.Command, pick_up.PickUp, pick_up_changes.Change] = Decider(
    key=lambda command: command.pickup_id,
    decide=pick_up_decider.decide,
    evolve=pick_up_evolving.evolve,
    announce=of_pick_up,
    deadlines=pick_up_watching.deadlines,
)
