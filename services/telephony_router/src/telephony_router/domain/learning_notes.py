"""What is known of what crm notes of a customer: his type, and which notes of his needs there are; never the words (R109, R111)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True, slots=True)
class KnownNotes:
    """`customer_type` is a code of the shop's; `kept`: which of the SPIN notes there are; `heard`: crm told of them by a fact, which
    then wins over its answers.
    """

    customer_id: str
    shop_id: str
    changed_at: datetime
    customer_type: str | None = None
    kept: tuple[str, ...] = ()
    noted_at: datetime | None = None
    noted_by: str | None = None
    heard: bool = False
    erased: bool = False


@dataclass(frozen=True, slots=True)
class TypeWords:
    """A type in the words of its shop, and how to talk with such a customer (R110)."""

    shop_id: str
    code: str
    ru: str
    en: str
    advice_ru: str
    advice_en: str
    changed_at: datetime

    @property
    def key(self) -> str:
        """By which it is kept."""
        return words_of(self.shop_id, self.code)


def words_of(shop_id: str, code: str) -> str:
    """The key of a type's words."""
    return f"{shop_id}:{code}"


@dataclass(frozen=True, slots=True)
class HearNotes:
    """A fact."""

    customer_id: str
    now: KnownNotes


@dataclass(frozen=True, slots=True)
class LearnNotes:
    """What crm answered; None: nothing is noted."""

    customer_id: str
    now: KnownNotes | None
    at: datetime


@dataclass(frozen=True, slots=True)
class ForgetNotes:
    """He is erased (152-FZ art. 21)."""

    customer_id: str
    at: datetime


Command = HearNotes | LearnNotes | ForgetNotes


@dataclass(frozen=True, slots=True)
class NotesLearned:
    """They are so now."""

    now: KnownNotes


def decide(command: Command, known: KnownNotes | None) -> Sequence[NotesLearned]:
    """Who is erased stays erased, whatever comes late."""
    if known is not None and known.erased:
        return []
    now = _now(command, known)
    if now is None or (known is not None and replace(now, changed_at=known.changed_at) == known):
        return []
    return [NotesLearned(now)]


def _now(command: Command, known: KnownNotes | None) -> KnownNotes | None:
    match command:
        case HearNotes():
            return replace(command.now, heard=True)
        case LearnNotes():
            if known is None or known.heard:
                return command.now if known is None else None
            return command.now or KnownNotes(known.customer_id, known.shop_id, command.at)
        case ForgetNotes():
            return KnownNotes(command.customer_id, "", command.at, heard=True, erased=True)


def evolve(known: KnownNotes | None, change: NotesLearned) -> KnownNotes:
    """As learned."""
    del known
    return change.now
