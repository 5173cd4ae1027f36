"""Whose tokens crm believes: its own, by its own keys and without asking itself; and those of other issuers."""

from collections.abc import Sequence

from chassis.auth.verifier import BadToken, KeptKeys, Verifier
from chassis.clock import Clock
from kernel.actor import Actor

from crm.application.signing import Signer


class OwnAndOthers(Verifier):
    """`others` are asked for their keys as any service asks."""

    def __init__(
        self,
        signer: Signer,
        audience: str,
        *,
        clock: Clock,
        others: Sequence[str] = (),
        kept: KeptKeys | None = None,
    ) -> None:
        super().__init__(
            [signer.issuer], audience, own_keys=signer.published, clock=lambda: clock.now().timestamp()
        )
        self._signer = signer
        self._others = Verifier(others, audience, kept=kept) if others else None

    async def actor(self, token: str) -> Actor:
        await self._signer.fresh()
        try:
            return await super().actor(token)
        except BadToken as not_ours:
            if self._others is None:
                raise
            try:
                return await self._others.actor(token)
            except BadToken:
                raise not_ours from None

    async def warm(self) -> None:
        if self._others:
            await self._others.warm()

    async def close(self) -> None:
        await super().close()
        if self._others:
            await self._others.close()
