"""One row of an import becomes a customer, joins one, or changes nothing; in a trial it is only said which."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from chassis.listing import Query
from kernel.actor import Actor
from kernel.refusal import Refusal

from crm.application.knowing import MAY_OWN, Contact, Knowing
from crm.domain import customer_import as im
from crm.domain.customer import Customer, Preference
from crm.domain.customer_import import Fate, RowReport
from crm.domain.import_rows import Row
from crm.domain.refusals import PhoneOfAnother
from crm.domain.staff import Staff

PAGE = 200
SEVERAL = "several_have_this_number"
PHONE_OF_ANOTHER = "phone_of_another"
TOO_MANY_PHONES = "too_many_phones"
OWNER_DIFFERS = "owner_differs"
OWNER_UNKNOWN = "owner_unknown"
OWNER_SELLS_NOTHING = "owner_sells_nothing"


@dataclass(frozen=True, slots=True)
class Owner:
    """Whom the owner's column names, or what is wrong with it."""

    staff_id: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class RowTaking:
    """`owners`: the staff by what the file may call them, in small letters; None where two are called so."""

    knowing: Knowing
    owners: Mapping[str, Staff | None]
    shop_id: str
    actor: Actor
    at: datetime
    trial: bool

    async def take(self, row: Row) -> RowReport:
        """What became of it, or would. A rule that says no is this row's trouble and keeps no other waiting."""
        if row.fault:
            return RowReport(row.line, Fate.REFUSED, (row.fault,))
        found = await self.knowing.by_phone(row.phones[0])
        if len(found) > 1:
            return RowReport(row.line, Fate.REFUSED, (SEVERAL,), double_of=row.double_of)
        known = found[0].customer if found else None
        owner = self._owner(row, known)
        notes = [*row.notes, *([owner.note] if owner.note else [])]
        try:
            report = await (self._tried if self.trial else self._done)(row, known, owner)
        except Refusal:
            report = RowReport(row.line, Fate.REFUSED, ("refused",))
        said = tuple(dict.fromkeys([*notes, *report.notes]))
        return replace(report, notes=said, double_of=row.double_of)

    async def _tried(self, row: Row, known: Customer | None, owner: Owner) -> RowReport:
        del owner
        others = [await self.knowing.by_phone(each) for each in row.phones[1:]]
        mine = known.customer_id if known else None
        strange = any(found and mine not in {each.customer.customer_id for each in found} for found in others)
        notes = (PHONE_OF_ANOTHER,) if strange else ()
        if known is None:
            return RowReport(row.line, Fate.JOINED if row.double_of else Fate.REGISTERED, notes)
        free = any(not found for found in others)
        fate = Fate.JOINED if free or brings(row, known) else Fate.UNCHANGED
        return RowReport(row.line, fate, notes, known.customer_id)

    async def _done(self, row: Row, known: Customer | None, owner: Owner) -> RowReport:
        fate = Fate.UNCHANGED
        if known is None:
            known, new = await self.knowing.resolve(
                self._said(row, 0), self.actor, self.at, owner_id=owner.staff_id
            )
            fate = Fate.REGISTERED if new else Fate.JOINED
        elif brings(row, known):
            known, fate = (
                await self.knowing.learn(known.customer_id, self._said(row, 0), self.actor, self.at),
                Fate.JOINED,
            )
        notes: list[str] = []
        for number in range(1, len(row.phones)):
            now, note = await self._another(row, number, known)
            notes += [note] if note else []
            fate = Fate.JOINED if fate is Fate.UNCHANGED and now != known else fate
            known = now
        return RowReport(row.line, fate, tuple(notes), known.customer_id)

    async def _another(self, row: Row, number: int, known: Customer) -> tuple[Customer, str]:
        """The row's other numbers are his, too, unless another customer is known by them."""
        hash_ = self.knowing.phones.hash(row.phones[number])
        if hash_ in known.hashes:
            return known, ""
        try:
            now = await self.knowing.learn(known.customer_id, self._said(row, number), self.actor, self.at)
        except PhoneOfAnother:
            return known, PHONE_OF_ANOTHER
        return now, "" if hash_ in now.hashes else TOO_MANY_PHONES

    def _said(self, row: Row, number: int) -> Contact:
        quiet = Preference.NO_CALLS if row.no_calls else None
        return Contact(self.shop_id, row.phones[number], row.name, row.address, quiet)

    def _owner(self, row: Row, known: Customer | None) -> Owner:
        """An import gives nobody's customer to another: where the file says otherwise than we know, it is said."""
        if row.owner is None:
            return Owner()
        person = self.owners.get(" ".join(row.owner.casefold().split()))
        if person is None:
            return Owner(note=OWNER_UNKNOWN)
        if person.roles.isdisjoint(MAY_OWN):
            return Owner(note=OWNER_SELLS_NOTHING)
        if known is not None:
            return Owner(note="" if known.owner_id == person.staff_id else OWNER_DIFFERS)
        return Owner(person.staff_id)


def brings(row: Row, known: Customer) -> bool:
    """Whether the row says of him, besides further numbers, what was not known."""
    named = known.name is None and row.name is not None
    elsewhere = row.address is not None and row.address not in known.addresses
    return named or elsewhere or (row.no_calls and known.preference is not Preference.NO_CALLS)


async def taking(knowing: Knowing, one: im.Import, at: datetime) -> RowTaking:
    """Ready for a chunk of this import, with the staff as they are now."""
    owners: dict[str, Staff | None] = {}
    after: str | None = None
    while True:
        page = await knowing.staff.page(Query(equal={"active": True, "shop_id": one.shop_id}), PAGE, after)
        for person in (held.state for held in page.items if held.state):
            for name in {
                " ".join(each.casefold().split())
                for each in (person.staff_id, person.login, person.name.value)
            }:
                same = name not in owners or owners[name] == person
                owners[name] = person if same else None
        if (after := page.next) is None:
            return RowTaking(knowing, owners, one.shop_id, one.actor, at, one.trial)
