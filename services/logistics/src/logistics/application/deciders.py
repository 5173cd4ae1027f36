"""The four things logistics keeps, each with its rules, its facts and its deadlines."""

from chassis.handling import Decider

from logistics.application import announcements
from logistics.domain import (
    carrier,
    carrier_decider,
    day,
    day_decider,
    kept_agreement,
    reservation,
    reservation_changes,
    reservation_decider,
    reservation_evolving,
)
from logistics.domain.agreement import Agreement
from logistics.domain.day import day_key

CARRIERS: Decider[carrier.Command, carrier.Carrier, carrier.Change] = Decider(
    key=lambda command: command.carrier_id,
    decide=carrier_decider.decide,
    evolve=carrier_decider.evolve,
    announce=announcements.of_carrier,
    deadlines=lambda _: (),
)

AGREEMENTS: Decider[kept_agreement.KeepAgreement, Agreement, kept_agreement.AgreementKept] = Decider(
    key=lambda command: command.key,
    decide=kept_agreement.decide,
    evolve=kept_agreement.evolve,
    announce=lambda _change, _agreement: (),
    deadlines=lambda _: (),
)

DAYS: Decider[day.Command, day.Day, day.Change] = Decider(
    key=lambda command: day_key(command.carrier_id, command.on),
    decide=day_decider.decide,
    evolve=day_decider.evolve,
    announce=lambda _change, _day: (),
    deadlines=lambda _: (),
)

RESERVATIONS: Decider[reservation.Command, reservation.Reserved, reservation_changes.Change] = Decider(
    key=lambda command: command.order_id,
    decide=reservation_decider.decide,
    evolve=reservation_evolving.evolve,
    announce=announcements.of_reserved,
    deadlines=reservation_decider.deadlines,
)
