"""Whose a card is when customers turn out to be one, or two after all, or are erased. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crm.domain.bitrix_card import Card

ERASED_HERE = "erased_here"


@dataclass(frozen=True, slots=True)
class Merge:
    """Its customer turned out to be `into`."""

    number: int
    into: str


@dataclass(frozen=True, slots=True)
class Unmerge:
    """After all it is `back`'s, as it was before."""

    number: int
    back: str


@dataclass(frozen=True, slots=True)
class Forget:
    """The person is erased in opblok; who erases him in the portal is a person, too."""

    number: int


@dataclass(frozen=True, slots=True)
class Reassigned:
    """It is another customer's."""

    customer_id: str
    merged_from: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Forgotten:
    pass


WhoseCommand = Merge | Unmerge | Forget
WhoseChange = Reassigned | Forgotten


def decide_whose(command: WhoseCommand, card: Card | None) -> Sequence[WhoseChange]:
    """A card that never was his stays where it is."""
    if card is None or card.customer_id is None:
        return []
    match command:
        case Merge():
            if card.customer_id == command.into:
                return []
            return [Reassigned(command.into, (*card.merged_from, card.customer_id))]
        case Unmerge():
            if command.back not in card.merged_from:
                return []
            return [Reassigned(command.back, card.merged_from[: card.merged_from.index(command.back)])]
        case Forget():
            return [Forgotten()]


def evolve_whose(card: Card, change: WhoseChange) -> Card:
    """Of whom is erased only the number stays, so that the portal does not bring him back."""
    match change:
        case Reassigned():
            return replace(card, customer_id=change.customer_id, merged_from=change.merged_from)
        case Forgotten():
            problems = () if card.gone else (ERASED_HERE,)
            return Card(card.number, gone=card.gone, erased=True, hints=card.hints, problems=problems)
