"""Forgetting: a customer was erased, and every call of his forgets his words (152-FZ art. 21)."""

from dataclasses import dataclass, replace

from chassis.handling import Handler, Occasion
from chassis.listing import Query

from quality.application.knowing import Kept, all_of
from quality.domain import commands as o
from quality.domain.call import Call
from quality.domain.changes import Change


@dataclass(frozen=True, slots=True)
class Forgetting:
    """Told twice it ends the same."""

    calls: Kept[Call]
    handle: Handler[o.Command, Call, Change]

    async def __call__(self, customer_id: str, why: Occasion) -> None:
        """All his calls; those kept by a version that did not list whose they are lie under none."""
        for listed in (customer_id, None):
            for call in await all_of(self.calls, Query(equal={"customer_id": listed})):
                if call.asking.customer_id == customer_id:
                    call_id = call.asking.call_id
                    quiet = replace(why, id=f"{why.id}/{call_id}", heard=None, remembered=False)
                    await self.handle(o.ForgetCustomer(call_id, why.at), quiet)
