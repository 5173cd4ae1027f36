"""Noticing what crm notes of customers: by its facts, by its answers, held in memory by every replica (R109, R111)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chassis.chassis import Listing
from chassis.following import Hear, Heard
from chassis.handling import Handler, Occasion

from telephony_router.application.shelving import Shelf
from telephony_router.domain import learning_notes as n
from telephony_router.domain.learning_notes import KnownNotes, TypeWords, words_of


@dataclass(frozen=True, slots=True)
class TypeAnswer:
    """A type in the words of its shop, as crm answers."""

    ru: str
    en: str
    advice_ru: str
    advice_en: str


@dataclass(frozen=True, slots=True)
class NotesAnswer:
    """What crm answers that it notes of a customer. `words` only where the shop still has the type."""

    customer_type: str | None
    words: TypeAnswer | None
    kept: tuple[str, ...]
    by: str
    at: datetime


class NoticedMemory:
    """Of the customers of whom something is noted, and of the types they are of; few, beside all customers."""

    def __init__(self, notes: Listing[KnownNotes], type_words: Listing[TypeWords]) -> None:
        self.notes: Shelf[KnownNotes] = Shelf(notes)
        self.type_words: Shelf[TypeWords] = Shelf(type_words)

    @property
    def shelves(self) -> Sequence[Shelf[Any]]:
        """All that follows its store."""
        return self.notes, self.type_words

    async def fill(self, now: datetime) -> None:
        """All there is; before the first call."""
        for shelf in self.shelves:
            await shelf.fill(now)

    async def catch_up(self, now: datetime) -> None:
        """What other replicas saved since."""
        for shelf in self.shelves:
            await shelf.catch_up(now)

    def words(self, known: KnownNotes) -> TypeWords | None:
        """Of his type, where crm told them once."""
        if known.customer_type is None:
            return None
        return self.type_words.get(words_of(known.shop_id, known.customer_type))


@dataclass(frozen=True, slots=True)
class Noticing:
    """Facts in any order, late or twice: the newest told wins, and any of them over an answer."""

    memory: NoticedMemory
    notes: Handler[n.Command, KnownNotes, n.NotesLearned]
    type_words: Handler[Hear[TypeWords], TypeWords, Heard[TypeWords]]

    async def hear(self, command: n.HearNotes | n.ForgetNotes, occasion: Occasion) -> None:
        """A fact told so."""
        self.memory.notes.hear(await self.notes(command, occasion))

    async def learn(
        self, customer_id: str, shop_id: str, said: NotesAnswer | None, occasion: Occasion
    ) -> None:
        """Crm answered so. Of most customers nothing is noted, and nothing is kept."""
        if said is None and self.memory.notes.get(customer_id) is None:
            return
        at = occasion.at
        now = said and KnownNotes(
            customer_id, shop_id, at, said.customer_type, said.kept, noted_at=said.at, noted_by=said.by
        )
        self.memory.notes.hear(await self.notes(n.LearnNotes(customer_id, now, at), occasion))
        if said and said.customer_type and said.words:
            await self._learn_words(_words(shop_id, said.customer_type, said.words, at), occasion)

    async def _learn_words(self, words: TypeWords, occasion: Occasion) -> None:
        known = self.memory.type_words.get(words.key)
        if known is None or replace(words, changed_at=known.changed_at) != known:
            self.memory.type_words.hear(await self.type_words(Hear(words.key, words), occasion))


def _words(shop_id: str, code: str, said: TypeAnswer, at: datetime) -> TypeWords:
    return TypeWords(shop_id, code, said.ru, said.en, said.advice_ru, said.advice_en, changed_at=at)
