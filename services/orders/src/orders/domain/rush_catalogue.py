"""The request catalogue: a ready answer to each thing that customers ask for besides the order, per mode (R32, R34, R58).

"Do everything for the customer" and "ignore extra requests" are both right: the catalogue says when. What the law makes
a duty is never ignored.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kernel.action import Action
from kernel.actor import Actor
from kernel.refusal import Decision, NotFound, Refusal, Refused
from kernel.refused_duty import DutyRefused, duty


class Answer(StrEnum):
    """What a request is answered with."""

    YES = "yes"
    NO = "no"
    NEXT_DAY = "next_day"


class Sort(StrEnum):
    """`courtesy`: nice to do. `self_service`: the customer can do it himself (R34). `legal_duty`: the law demands it."""

    COURTESY = "courtesy"
    SELF_SERVICE = "self_service"
    LEGAL_DUTY = "legal_duty"


LEGAL: Mapping[str, str] = {
    "return_goods": "consumer protection law, art. 26.1 p. 4",
    "report_defect": "consumer protection law, art. 18",
    "money_back": "consumer protection law, art. 22, 23.1",
    "exchange_goods": "consumer protection law, art. 25",
    "goods_information": "consumer protection law, art. 8-10",
    "cash_receipt": "54-FZ, art. 1.2",
    "erase_personal_data": "152-FZ, art. 20, 21",
}
"""Kinds that are duties by law, whatever a shop calls them; where the law says so (market-facts.md 1, 3, 4)."""


@dataclass(frozen=True, slots=True)
class Ready:
    """An answer with its words to the customer, polite, in both languages."""

    answer: Answer
    ru: str
    en: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of request: how it is answered at usual times and in a rush."""

    kind: str
    sort: Sort
    usual: Ready
    rush: Ready

    @property
    def is_legal_duty(self) -> bool:
        """Whether the law demands it, by our list or by the shop's own word."""
        return self.sort is Sort.LEGAL_DUTY or self.kind in LEGAL

    def ready(self, *, in_rush: bool) -> Ready:
        """The answer of a mode."""
        return self.rush if in_rush else self.usual


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A shop's own catalogue."""

    shop_id: str
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class WriteCatalogue:
    shop_id: str
    entries: tuple[Entry, ...]
    actor: Actor


@dataclass(frozen=True, slots=True)
class CatalogueWritten:
    shop_id: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class CatalogueBegun:
    """The shop has a catalogue from now on: as usual, until something is written into it."""

    shop_id: str
    entries: tuple[Entry, ...]


CatalogueChange = CatalogueBegun | CatalogueWritten | DutyRefused


class LegalDutyIgnored(Refusal):
    """What the law demands is never answered by a no (R58)."""

    rule = "R58"


class UnknownRequestKind(NotFound):
    """The catalogue has no such request; a person answers it."""


def write(
    command: WriteCatalogue, catalogue: Catalogue | None, usual: tuple[Entry, ...]
) -> Decision[CatalogueChange]:
    """Replace the shop's catalogue. Legal duties that are left out stay as usual; none is answered by a no (R58)."""
    refused = duty(command.actor, Action.WRITE_TEMPLATE)
    if refused:
        begun = () if catalogue else (CatalogueBegun(command.shop_id, usual),)
        return Refused((*begun, *refused.changes), refused.refusal)
    ignored = sorted(entry.kind for entry in command.entries if _ignores_the_law(entry))
    if ignored:
        words = "; ".join(f"{kind} ({LEGAL.get(kind, 'legal duty')})" for kind in ignored)
        raise LegalDutyIgnored(f"The law demands it: {words}.", kinds=", ".join(ignored))
    written = with_duties(command.entries, usual)
    return [] if catalogue and catalogue.entries == written else [CatalogueWritten(command.shop_id, written)]


def _ignores_the_law(entry: Entry) -> bool:
    return entry.is_legal_duty and Answer.NO in (entry.usual.answer, entry.rush.answer)


def with_duties(entries: Iterable[Entry], usual: Iterable[Entry]) -> tuple[Entry, ...]:
    """These entries and, of the usual ones, the legal duties that are missing among them."""
    own = tuple(entries)
    kinds = {entry.kind for entry in own}
    return (*own, *(entry for entry in usual if entry.is_legal_duty and entry.kind not in kinds))


def evolve_catalogue(catalogue: Catalogue | None, change: CatalogueChange) -> Catalogue:
    """The catalogue after the change. The attempt that a duty refused begins it, so it is never without one."""
    if isinstance(change, CatalogueBegun | CatalogueWritten):
        return Catalogue(change.shop_id, change.entries)
    assert catalogue is not None
    return catalogue


def entry_of(entries: Iterable[Entry], kind: str) -> Entry:
    """The entry of a kind."""
    found = next((entry for entry in entries if entry.kind == kind), None)
    if found is None:
        raise UnknownRequestKind("The catalogue has no such request; answer it yourself.")
    return found
