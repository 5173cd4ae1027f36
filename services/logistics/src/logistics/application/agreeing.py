"""Agreeing with carriers: the whole agreement is kept first, under what it says; then the register names it."""

from collections.abc import Callable
from dataclasses import dataclass

from chassis.handling import Handler, Occasion, Outcome, fingerprint
from kernel.actor import Actor
from pydantic import TypeAdapter

from logistics.domain import carrier as c
from logistics.domain.agreement import Agreement
from logistics.domain.agreement_faults import faults
from logistics.domain.carrier import Carrier, Change, Command, Content
from logistics.domain.kept_agreement import AgreementKept, KeepAgreement, agreement_key
from logistics.domain.refusals import AgreementDoesNotHold, UnknownCarrier

WRITTEN: TypeAdapter[Agreement] = TypeAdapter(Agreement)
MOST_FAULTS_TOLD = 20

Carriers = Handler[Command, Carrier, Change]
Agreements = Handler[KeepAgreement, Agreement, AgreementKept]


@dataclass(frozen=True, slots=True)
class Agreeing:
    """Writes drafts and decides on them. `forget` is told when other terms may be in force."""

    carriers: Carriers
    agreements: Agreements
    forget: Callable[[], None]

    async def describe(self, command: c.DescribeCarrier, occasion: Occasion) -> Outcome[Carrier]:
        """Who the carrier is (R73)."""
        return self._told(await self.carriers(command, occasion))

    async def write(self, agreement: Agreement, actor: Actor, occasion: Occasion) -> Outcome[Carrier]:
        """Write the draft anew, or begin the next version; refuse what can't be meant (R60).

        An agreement that no register came to name, since the second write was refused or died, is found by nobody.
        """
        wrong = faults(agreement)
        if wrong:
            told = "; ".join(wrong[:MOST_FAULTS_TOLD])
            raise AgreementDoesNotHold("The agreement says what can't be meant; see `faults`.", faults=told)
        if (await self.carriers.store.load(agreement.carrier_id)).state is None:
            raise UnknownCarrier("There is no such carrier: describe it first.")
        digest = fingerprint(WRITTEN.dump_python(agreement, mode="json"))
        keeping = Occasion(f"{occasion.id}/keep", occasion.at, occasion.actor)
        await self.agreements(KeepAgreement(digest, agreement), keeping)
        zones = {*(zone.code for zone in agreement.zones), *(point.zone for point in agreement.points)}
        content = Content(
            digest,
            agreement.effective_from,
            agreement.time_zone,
            tuple(sorted(zones)),
            len(agreement.points),
        )
        written = c.WriteTerms(agreement.carrier_id, content, actor, occasion.at)
        return self._told(await self.carriers(written, occasion))

    async def settle(
        self, command: c.ApproveTerms | c.RejectTerms | c.WithdrawTerms, occasion: Occasion
    ) -> Outcome[Carrier]:
        """Approve, reject or withdraw a draft (R60, R80)."""
        return self._told(await self.carriers(command, occasion))

    async def read(self, carrier_id: str, content: Content) -> Agreement:
        """The whole of what a version says."""
        kept = (await self.agreements.store.load(agreement_key(carrier_id, content.digest))).state
        assert kept is not None  # it was kept before the register named it
        return kept

    def _told(self, outcome: Outcome[Carrier]) -> Outcome[Carrier]:
        self.forget()
        return outcome
