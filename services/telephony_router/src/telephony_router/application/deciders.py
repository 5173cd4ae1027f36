"""The deciders of what is told to nobody, and of what is followed."""

from chassis.following import following, nothing_due, tell_nobody
from chassis.handling import Decider

from telephony_router.application.announcements import of_book, of_roster
from telephony_router.application.announcing_calls import of_call, of_callback
from telephony_router.application.loading import Load
from telephony_router.application.reconciling import Reconciled
from telephony_router.application.remembering import KnownShop
from telephony_router.domain import call as calls
from telephony_router.domain import (
    callback,
    calling,
    roster_commands,
    roster_deciding,
    rule_book,
    rule_deciding,
)
from telephony_router.domain import learning_customers as customers
from telephony_router.domain import learning_notes as notes
from telephony_router.domain import learning_staff as staff
from telephony_router.domain.directory import CustomerCard, KnownOrder, KnownTrouble, Lanes, StaffMember
from telephony_router.domain.learning_notes import KnownNotes, TypeWords
from telephony_router.domain.roster import Roster

SHOPS = following(KnownShop)
LANES = following(Lanes)
ORDERS = following(KnownOrder)
TROUBLES = following(KnownTrouble)
LOADS = following(Load)
TYPE_WORDS = following(TypeWords)
RECONCILED = following(Reconciled)

PEOPLE: Decider[staff.Command, StaffMember, staff.StaffLearned] = Decider(
    lambda command: command.staff_id, staff.decide, staff.evolve, tell_nobody, staff.deadlines
)

CARDS: Decider[customers.Command, CustomerCard, customers.CardLearned] = Decider(
    lambda command: command.customer_id, customers.decide, customers.evolve, tell_nobody, customers.deadlines
)

NOTES: Decider[notes.Command, KnownNotes, notes.NotesLearned] = Decider(
    lambda command: command.customer_id, notes.decide, notes.evolve, tell_nobody, nothing_due
)

ROSTERS: Decider[roster_commands.Command, Roster, roster_commands.Change] = Decider(
    lambda command: command.shop_id,
    roster_deciding.decide,
    roster_deciding.evolve,
    of_roster,
    roster_deciding.deadlines,
)

BOOKS: Decider[rule_book.Command, rule_book.RuleBook, rule_book.Change] = Decider(
    lambda command: command.shop_id, rule_deciding.decide, rule_deciding.evolve, of_book, nothing_due
)

CALLS: Decider[calls.Command, calls.PhoneCall, calls.Change] = Decider(
    lambda command: command.call_id, calling.decide, calling.evolve, of_call, calling.deadlines
)

CALLBACKS: Decider[callback.Command, callback.Callback, callback.Change] = Decider(
    lambda command: command.callback_id, callback.decide, callback.evolve, of_callback, callback.deadlines
)
