"""The rules of what is noted of a customer (R109-R111; market-facts 3). Pure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from kernel.action import Action
from kernel.actor import Role
from kernel.personal import Personal
from kernel.refusal import Decision
from kernel.refused_duty import duty

from crm.domain import notes as n
from crm.domain.customer import Change, Customer, Unmasked
from crm.domain.erasure import Look
from crm.domain.notes import Notes, Part
from crm.domain.refusals import NotesChanged, TypesNotKept, UnknownCustomer, UnknownType
from crm.domain.whereabouts import there

WRITTEN_KEPT = 50
SAME_LOOK = timedelta(hours=1)
"""A screen that asks again for the same reason is the same look."""


def decide(command: n.Command, customer: Customer | None) -> Decision[Change]:
    """The rule of each command."""
    if customer is None:
        raise UnknownCustomer("There is no such customer.")
    match command:
        case n.WriteNotes():
            return write(command, there(customer))
        case n.ReadNotes():
            return read(command, there(customer))
        case n.DropNotes():
            return drop(command, customer)
        case _:
            assert_never(command)


def write(command: n.WriteNotes, customer: Customer) -> Decision[Change]:
    """Who talks with him writes; over somebody else's newer words only who has seen them, where he says which he has seen."""
    no = duty(command.actor, Action.NOTE_CUSTOMER)
    if no:
        return no
    if command.revision is not None and command.revision != customer.notes_revision:
        raise NotesChanged("Somebody wrote meanwhile; read again.", revision=customer.notes_revision)
    _check_type(command)
    known = notes_of(customer)
    news = {part: text for part, text in command.said.items() if text != _text(known, part)}
    return [n.NotesWritten(news, command.actor.id, command.at)] if news else []


def read(command: n.ReadNotes, customer: Customer) -> Decision[Change]:
    """A look at what is personal is written down, with its reason, for whom it was: once in an hour (market-facts 3)."""
    is_service = command.actor.has(Role.SERVICE)
    no = None if is_service else duty(command.actor, Action.NOTE_CUSTOMER)
    if no:
        return no
    by = command.reader if is_service and command.reader else command.actor.id
    look = Look(command.at, by, command.reason)
    seen = any(
        (each.by, each.reason) == (by, command.reason) and command.at - each.at < SAME_LOOK
        for each in customer.looks
    )
    return [] if seen or not notes_of(customer) else [Unmasked(look)]


def drop(command: n.DropNotes, customer: Customer) -> Decision[Change]:
    """Nobody asked for it, so nobody is refused: what is not there, or not yet old, stays as it is."""
    quiet = quiet_at(customer)
    if command.quiet_since is not None and (quiet is None or quiet > command.quiet_since):
        return []
    gone = {part: None for part in Part if part in command.parts and part in notes_of(customer)}
    return [n.NotesWritten(gone, command.actor.id, command.at)] if gone else []


def notes_of(customer: Customer) -> Notes:
    """His own; where there are none, those of the first card taken in that has some. Read off, so that a card that goes
    takes along what it brought and nothing else.
    """
    found: dict[Part, n.Note] = {}
    for each in (customer.notes, *(card.said.notes for card in customer.taken)):
        found = {**each, **found}
    return {part: found[part] for part in Part if part in found}


def type_of(customer: Customer) -> str | None:
    """The code of his type."""
    noted = notes_of(customer).get(Part.CUSTOMER_TYPE)
    return noted.text.value if noted else None


def latest(customer: Customer) -> n.Note | None:
    """The note written last."""
    return max(notes_of(customer).values(), key=lambda note: note.at, default=None)


def quiet_at(customer: Customer) -> datetime | None:
    """Since when nobody was in touch with him and nobody noted anything; None where nothing is noted."""
    last = latest(customer)
    if last is None:
        return None
    return max(last.at, customer.heard_at) if customer.heard_at else last.at


def carried(before: Customer, after: Customer, by: str, at: datetime) -> list[Change]:
    """That what is noted of him is otherwise by a card that came or went."""
    return [] if notes_of(before) == notes_of(after) else [n.NotesCarried(by, at)]


def evolve(customer: Customer, change: n.Change) -> Customer:
    """The customer after the change."""
    revised = replace(customer, notes_revision=customer.notes_revision + 1)
    match change:
        case n.NotesCarried():
            return revised
        case n.NotesWritten():
            written = n.Written(change.at, change.by, tuple(part for part in Part if part in change.said))
            return replace(
                revised,
                notes=_with(customer.notes, change),
                taken=tuple(
                    replace(card, said=replace(card.said, notes=_without(card.said.notes, change.said)))
                    for card in customer.taken
                ),
                written=(*customer.written, written)[-WRITTEN_KEPT:],
            )


def _with(notes: Notes, change: n.NotesWritten) -> Notes:
    new = {part: n.Note(text, change.by, change.at) for part, text in change.said.items() if text}
    return {**_without(notes, change.said), **new}


def _without(notes: Notes, said: Mapping[Part, Personal | None]) -> Notes:
    return {part: note for part, note in notes.items() if said.get(part, note.text) is not None}


def _text(notes: Notes, part: Part) -> Personal | None:
    return notes[part].text if part in notes else None


def _check_type(command: n.WriteNotes) -> None:
    """Typing is profiling of a person: off where the shop has not said that it wants it (R109)."""
    code = command.said.get(Part.CUSTOMER_TYPE)
    if code is None:
        return
    if command.types is None:
        raise TypesNotKept("This shop keeps no types of customers.")
    if code.value not in command.types:
        raise UnknownType("This shop has no such type of customers.", customer_type=code.value)
