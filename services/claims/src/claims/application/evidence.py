"""Files that customers give: kept whole behind a port, named by what is in them."""

import hashlib
from dataclasses import dataclass

from chassis.handling import Occasion, Outcome
from kernel.action import Action
from kernel.actor import Actor
from kernel.duties import may

from claims.application.claiming import Claiming
from claims.application.keeping import Files
from claims.domain import commands as o
from claims.domain.claim import Claim
from claims.domain.content import media_type
from claims.domain.guarding import known
from claims.domain.papers import Proof
from claims.domain.refusals import UnknownEvidence


@dataclass(frozen=True, slots=True)
class Evidence:
    """`largest` in bytes."""

    claiming: Claiming
    files: Files
    largest: int

    async def add(
        self, claim_id: str, name: str, content: bytes, actor: Actor, occasion: Occasion
    ) -> Outcome[Claim]:
        """The content first, then the claim names it; what no claim came to name is swept after a day."""
        kind = media_type(content, largest=self.largest)
        digest = hashlib.sha256(content).hexdigest()
        claim = known((await self.claiming.handle.store.load(claim_id)).state)
        command = o.AddEvidence(
            claim_id=claim_id, actor=actor, at=occasion.at,
            evidence_id=digest, name=name, media_type=kind, size=len(content),
        )  # fmt: skip
        takes = claim.is_open and claim.erased_at is None and may(actor, Action.OPEN_CLAIM)
        if takes:
            await self.files.keep(_named(claim_id, digest), content, occasion.at)
        outcome = await self.claiming.handle(command, occasion)
        if takes:
            await self.files.named(_named(claim_id, digest))
        return outcome

    async def look(
        self, claim_id: str, evidence_id: str, actor: Actor, occasion: Occasion
    ) -> tuple[Proof, bytes]:
        """The content, after the look is recorded; raise when it is not his to see or not what was kept."""
        command = o.LookAtEvidence(claim_id=claim_id, actor=actor, at=occasion.at, evidence_id=evidence_id)
        claim = known((await self.claiming.handle(command, occasion)).state)
        content = await self.files.read(_named(claim_id, evidence_id))
        if content is None or hashlib.sha256(content).hexdigest() != evidence_id:
            raise UnknownEvidence("The file is not what was kept.")
        return next(each for each in claim.evidence if each.evidence_id == evidence_id), content


def _named(claim_id: str, digest: str) -> str:
    return f"{claim_id}/{digest}"
