"""What the work with incidents keeps, each with its rules, its facts and its deadlines."""

from chassis.handling import Decider

from logistics.application.announcing_incidents import of_incident, of_refused
from logistics.domain import (
    carrier_score,
    carrier_score_review,
    carrier_score_reviewing,
    incident,
    incident_changes,
    incident_commands,
    incident_decider,
    incident_escalating,
    incident_evolving,
    ladder,
    order_worth,
    playbook,
)

INCIDENTS: Decider[incident_commands.Command, incident.Incident, incident_changes.Change] = Decider(
    key=lambda command: command.incident_id,
    decide=incident_decider.decide,
    evolve=incident_evolving.evolve,
    announce=of_incident,
    deadlines=incident_escalating.deadlines,
)

PLAYBOOKS: Decider[playbook.Command, playbook.Playbook, playbook.Change] = Decider(
    key=lambda command: command.kind,
    decide=playbook.decide,
    evolve=playbook.evolve,
    announce=lambda change, book: of_refused("playbook", book.kind, change),
    deadlines=lambda _: (),
)

LADDERS: Decider[ladder.WriteLadder, ladder.Ladder, ladder.Change] = Decider(
    key=lambda command: command.carrier_id,
    decide=ladder.decide,
    evolve=ladder.evolve,
    announce=lambda change, it: of_refused("ladder", it.carrier_id, change),
    deadlines=lambda _: (),
)

SCORE_DAYS: Decider[carrier_score.NoteDown, carrier_score.ScoreDay, carrier_score.Noted] = Decider(
    key=lambda command: carrier_score.score_key(command.carrier_id, command.day),
    decide=carrier_score.decide,
    evolve=carrier_score.evolve,
    announce=lambda _change, _day: (),
    deadlines=lambda _: (),
)

RELATIONS: Decider[
    carrier_score_review.Command, carrier_score_review.CarrierRelation, carrier_score_review.Change
] = Decider(
    key=lambda command: command.carrier_id,
    decide=carrier_score_reviewing.decide,
    evolve=carrier_score_reviewing.evolve,
    announce=lambda change, it: of_refused("carrier_review", it.carrier_id, change),
    deadlines=carrier_score_reviewing.deadlines,
)

WORTHS: Decider[order_worth.Command, order_worth.Worth, order_worth.Change] = Decider(
    key=lambda command: command.order_id,
    decide=order_worth.decide,
    evolve=order_worth.evolve,
    announce=lambda _change, _worth: (),
    deadlines=lambda _: (),
)
