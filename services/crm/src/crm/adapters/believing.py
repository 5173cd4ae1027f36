"""Whose tokens crm believes: its own, by its own keys and without asking itself; and those of other issuers."""

from collections.abc import Sequence

from chassis.auth.verifier import KeptKeys, Verifier
from chassis.clock import Clock
from kernel.actor import Actor

from crm.application.signing import Signer


class OwnAndOthers(Verifier):
    """The ring is looked at first: another process of crm may have rotated it."""

    def __init__(
        self, signer: Signer, audience: str, others: Sequence[str], *, clock: Clock, kept: KeptKeys | None
    ) -> None:
        super().__init__(
            [signer.issuer, *others],
            audience,
            kept=kept,
            own_keys=signer.published,
            clock=lambda: clock.now().timestamp(),
        )
        self._signer = signer

    async def actor(self, token: str) -> Actor:
        await self._signer.fresh()
        return await super().actor(token)
