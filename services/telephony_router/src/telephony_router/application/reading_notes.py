"""The notes on a card: the type and which notes there are from memory; their words from crm, for who may read them, at the moment
of reading and kept nowhere (R109-R111). A crm that does not answer keeps no card from being shown.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

import structlog
from chassis.blame import reason
from chassis.peers import PeerDown, PeerRefused
from kernel.action import Action
from kernel.actor import Actor
from kernel.duties import may
from kernel.personal import Personal

from telephony_router.application.carding import CallCard
from telephony_router.application.noticing import NoticedMemory
from telephony_router.domain.learning_notes import KnownNotes, TypeWords

log = structlog.get_logger(__name__)


class WordsState(StrEnum):
    """Why the words of the notes stand on a card, or do not."""

    NONE = "none"
    SHOWN = "shown"
    SEVERAL = "several"
    WITHHELD = "withheld"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class NoteWords:
    """One note, in the words of who wrote it."""

    part: str
    text: Personal
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CardNotes:
    """`words` of the type where crm told them once; `notes` while crm answers."""

    known: KnownNotes
    words: TypeWords | None
    state: WordsState
    notes: Sequence[NoteWords] = ()


class CrmNotes(Protocol):
    """Crm, which keeps the words."""

    async def notes(self, customer_id: str, staff_id: str, why: str) -> list[NoteWords]:
        """The look is written down there as this person's. Raise `PeerDown` or `PeerRefused`."""
        ...


@dataclass(frozen=True, slots=True)
class ReadingNotes:
    """`within`: seconds that a card waits for crm."""

    memory: NoticedMemory
    crm: CrmNotes
    within: float

    async def of(self, card: CallCard, reader: Actor) -> dict[str, CardNotes]:
        """By customer; whoever may not read them learns nothing but that there are some."""
        asked = [self._of(each.card.customer_id, card, reader) for each in card.customers]
        found = await asyncio.gather(*asked)
        return {each.known.customer_id: each for each in found if each is not None}

    async def _of(self, customer_id: str, card: CallCard, reader: Actor) -> CardNotes | None:
        known = self.memory.notes.get(customer_id)
        if known is None or known.erased or not (known.customer_type or known.kept):
            return None
        if not may(reader, Action.NOTE_CUSTOMER):
            return CardNotes(known, None, WordsState.WITHHELD)
        words = self.memory.words(known)
        if not known.kept:
            return CardNotes(known, words, WordsState.NONE)
        if len(card.customers) > 1:
            return CardNotes(known, words, WordsState.SEVERAL)
        notes = await self._asked(customer_id, reader.id, card.call.call_id)
        state = WordsState.SILENT if notes is None else WordsState.SHOWN
        return CardNotes(known, words, state, notes or ())

    async def _asked(self, customer_id: str, staff_id: str, call_id: str) -> list[NoteWords] | None:
        try:
            async with asyncio.timeout(self.within):
                return await self.crm.notes(customer_id, staff_id, f"call {call_id}")
        except (PeerDown, PeerRefused, TimeoutError) as fault:
            log.warning("a card is shown without its notes", call=call_id, fault=reason(fault))
            return None
