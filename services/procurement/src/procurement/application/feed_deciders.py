"""What procurement keeps of people's word on feeds and goods, with its rules, facts and deadlines."""

from chassis.handling import Decider

from procurement.application import announcements
from procurement.domain import feed_mapping, match, match_decider

MAPPINGS: Decider[feed_mapping.AcceptMapping, feed_mapping.SupplierMappings, feed_mapping.Change] = Decider(
    key=lambda command: command.supplier_id,
    decide=feed_mapping.decide,
    evolve=feed_mapping.evolve,
    announce=announcements.of_mapping,
    deadlines=lambda _: (),
)

MATCHES: Decider[match.Command, match.Match, match.Change] = Decider(
    key=lambda command: command.offer_id,
    decide=match_decider.decide,
    evolve=match_decider.evolve,
    announce=announcements.of_match,
    deadlines=match_decider.deadlines,
)
