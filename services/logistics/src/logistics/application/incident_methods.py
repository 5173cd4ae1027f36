"""Playbooks and ladders as they are in force: those that people wrote, else those we begin with (R51, R53, R54)."""

from collections.abc import Mapping
from dataclasses import dataclass

from chassis.chassis import Listing
from chassis.handling import Handler, Occasion, Outcome
from chassis.listing import Query
from kernel.actor import Actor

from logistics.domain import ladder as climbing
from logistics.domain import playbook as playing
from logistics.domain.incident_trouble import kind_of
from logistics.domain.ladder import USUAL, Ladder, Rung
from logistics.domain.playbook import Playbook, Step, WritePlaybook
from logistics.domain.playbook_catalogue import CATALOGUE

MOST_KINDS = 100
"""Kinds are few (R51); so many are looked through at once."""

Playbooks = Handler[playing.Command, Playbook, playing.Change]
Ladders = Handler[climbing.WriteLadder, Ladder, climbing.Change]


@dataclass(frozen=True, slots=True)
class Methods:
    """What to do about what."""

    to_playbooks: Playbooks
    playbooks: Listing[Playbook]
    to_ladders: Ladders
    ladders: Listing[Ladder]

    async def all(self) -> Mapping[str, Playbook]:
        """Every kind's playbook, with the drafts that wait."""
        page = await self.playbooks.page(Query(), MOST_KINDS)
        return {**CATALOGUE, **{each.key: each.state for each in page.items if each.state is not None}}

    async def in_force(self) -> Mapping[str, Playbook]:
        """Those of kinds that may be named: begun with, or approved since (R51)."""
        return {kind: book for kind, book in (await self.all()).items() if book.version}

    async def of_word(self, word: str) -> Playbook:
        """The playbook of the kind that a word means."""
        books = await self.in_force()
        return books[kind_of(word, frozenset(books))]

    async def rungs_of(self, carrier_id: str | None) -> tuple[Rung, ...]:
        """The carrier's ladder. Where no carrier is in it, or nobody wrote one: the usual one."""
        ladder = (await self.ladders.load(carrier_id)).state if carrier_id else None
        return ladder.rungs if ladder else USUAL

    async def write(
        self, kind: str, steps: tuple[Step, ...], actor: Actor, occasion: Occasion
    ) -> Outcome[Playbook]:
        """The draft of a kind's next version."""
        written = WritePlaybook(kind, steps, CATALOGUE.get(kind), actor, occasion.at)
        return await self.to_playbooks(written, occasion)
