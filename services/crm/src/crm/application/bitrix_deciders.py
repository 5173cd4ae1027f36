"""What crm knows of a portal, each with its pure rules. Nobody outside is told: customers and owners have facts of their own."""

from chassis.handling import Decider

from crm.application.bitrix_contacts import card_id
from crm.application.bitrix_installing import ACCESS as THE_ACCESS
from crm.application.bitrix_passes import CONTACTS
from crm.application.deciders import tell_nobody
from crm.domain import bitrix_access as a
from crm.domain import bitrix_call as bc
from crm.domain import bitrix_call_rules as calling
from crm.domain import bitrix_card as b
from crm.domain import bitrix_card_evolving as evolving
from crm.domain import bitrix_card_rules as rules
from crm.domain import bitrix_load as lo
from crm.domain import bitrix_load_rules as passing
from crm.domain import bitrix_user as u

CARD: Decider[rules.Command, b.Card, evolving.Change] = Decider(
    lambda command: card_id(command.number), rules.decide, evolving.evolve, tell_nobody, rules.deadlines
)
CALL: Decider[bc.Command, bc.PortalCall, bc.CallIs] = Decider(
    lambda command: command.call_id, calling.decide, calling.evolve, tell_nobody, calling.deadlines
)
LOAD: Decider[lo.Command, lo.Load, lo.Change] = Decider(
    lambda _: CONTACTS, passing.decide, passing.evolve, tell_nobody, passing.deadlines
)
PORTAL_USER: Decider[u.Command, u.PortalUser, u.Change] = Decider(
    lambda command: command.user_id, u.decide, u.evolve, tell_nobody, u.deadlines
)
ACCESS: Decider[a.Command, a.Access, a.Change] = Decider(
    lambda _: THE_ACCESS, a.decide, a.evolve, tell_nobody, a.deadlines
)
