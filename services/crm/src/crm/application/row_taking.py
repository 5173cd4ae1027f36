"""One row of an import becomes a customer, joins one, or changes nothing; in a trial it is only said which. What a run that was
killed did with it stands in the customer's history, so the next one says the same.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from kernel.refusal import Refusal
from uuid_utils.compat import uuid7

from crm.application.knowing import Contact, Knowing
from crm.application.row_owners import Owner, owner_of
from crm.domain import customer_import as im
from crm.domain.customer import Customer, Preference
from crm.domain.customer_import import Fate, RowReport
from crm.domain.import_chunk import no_more
from crm.domain.import_rows import Row
from crm.domain.refusals import CustomerErased, PhoneOfAnother
from crm.domain.staff import Staff

SEVERAL = "several_have_this_number"
PHONE_OF_ANOTHER = "phone_of_another"
TOO_MANY_PHONES = "too_many_phones"


@dataclass(frozen=True, slots=True)
class RowTaking:
    """`owners`: the staff by what the file may call them, in small letters; None where two are called so. `struck`: whether the person of
    a line was erased since it was read. `again`: somebody was killed over these rows, so they may be done.
    """

    knowing: Knowing
    owners: Mapping[str, Staff | None]
    one: im.Import
    at: datetime
    struck: Callable[[int], Awaitable[bool]]
    again: bool = False

    async def take(self, row: Row) -> RowReport:
        """What became of it, or would. A rule that says no is this row's trouble and keeps no other waiting."""
        if row.fault:
            return RowReport(row.line, Fate.REFUSED, (row.fault,))
        found = await self.knowing.by_phone(row.phones[0])
        if len(found) > 1:
            return RowReport(row.line, Fate.REFUSED, (SEVERAL,), double_of=row.double_of)
        known = found[0].customer if found else None
        owner = owner_of(row, known, self.owners)
        notes = [*row.notes, *([owner.note] if owner.note else [])]
        if await self.struck(row.line):
            return no_more(RowReport(row.line, Fate.REFUSED, double_of=row.double_of))
        try:
            report = await (self._tried if self.one.trial else self._done)(row, known, owner)
        except CustomerErased:
            return no_more(RowReport(row.line, Fate.REFUSED, double_of=row.double_of))
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
            known, new = await self._registered(row, owner)
            fate = Fate.REGISTERED if new else Fate.JOINED
        elif brings(row, known):
            known, fate = (
                await self.knowing.learn(known.customer_id, self._said(row, 0), self.one.actor, self.at),
                Fate.JOINED,
            )
        notes: list[str] = []
        for number in range(1, len(row.phones)):
            now, note = await self._another(row, number, known)
            notes += [note] if note else []
            fate = Fate.JOINED if fate is Fate.UNCHANGED and now != known else fate
            known = now
        if self.again and fate is not Fate.REGISTERED:
            fate = await self._before(row, known) or fate
        return RowReport(row.line, fate, tuple(notes), known.customer_id)

    async def _registered(self, row: Row, owner: Owner) -> tuple[Customer, bool]:
        """A new customer, unless his number was an erased one's since the file was read: its claim is given up after his rows are
        struck, so who has the claim sees it.
        """
        phones = self.knowing.phones
        hash_ = phones.hash(row.phones[0])
        holder_id, holder = await phones.holder(hash_, f"c-{uuid7().hex}", even_if_gone=True)
        if holder is None and await self.struck(row.line):
            await phones.free(hash_, holder_id)
            raise CustomerErased("He was erased since the file was read.")
        if holder is not None and holder.erased is not None:
            raise CustomerErased("He is being erased.")
        return await self.knowing.resolve(
            self._said(row, 0), self.one.actor, self.at, owner_id=owner.staff_id
        )

    async def _before(self, row: Row, known: Customer) -> Fate | None:
        """What the run that was killed made of this row."""
        entries = await self.knowing.customers.history(known.customer_id)
        done = {what for each in entries if each.why.startswith(self._cause(row)) for what in each.what}
        if not done:
            return None
        return Fate.REGISTERED if "CustomerRegistered" in done else Fate.JOINED

    async def _another(self, row: Row, number: int, known: Customer) -> tuple[Customer, str]:
        """The row's other numbers are his, too, unless another customer is known by them."""
        hash_ = self.knowing.phones.hash(row.phones[number])
        if hash_ in known.hashes:
            return known, ""
        try:
            said = self._said(row, number)
            now = await self.knowing.learn(known.customer_id, said, self.one.actor, self.at)
        except PhoneOfAnother:
            return known, PHONE_OF_ANOTHER
        return now, "" if hash_ in now.hashes else TOO_MANY_PHONES

    def _said(self, row: Row, number: int) -> Contact:
        quiet = Preference.NO_CALLS if row.no_calls else None
        cause = f"{self._cause(row)}{number}"
        return Contact(self.one.shop_id, row.phones[number], row.name, row.address, quiet, cause)

    def _cause(self, row: Row) -> str:
        return f"import:{self.one.import_id}:{row.line}:"


def brings(row: Row, known: Customer) -> bool:
    """Whether the row says of him, besides further numbers, what was not known."""
    named = known.name is None and row.name is not None
    elsewhere = row.address is not None and row.address not in known.addresses
    return named or elsewhere or (row.no_calls and known.preference is not Preference.NO_CALLS)
