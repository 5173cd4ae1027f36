"""Letters: rendered when they are sent, kept as they went, numbered (R75)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from chassis.handling import Occasion, Outcome
from kernel.actor import Actor

from claims.application.claiming import Claiming
from claims.domain import commands as o
from claims.domain.claim import Claim
from claims.domain.guarding import known
from claims.domain.papers import Letter
from claims.domain.posting import letter_of, numbered
from claims.domain.refusals import LetterNotYet
from claims.domain.term import day_in
from claims.domain.words import Channel, Demand, Paper

Values = Mapping[str, str | int | None]
DEMANDS: Mapping[Demand, str] = {
    Demand.REFUND: "возврат денег за товар с недостатком",
    Demand.PRICE_CUT: "уменьшение цены",
    Demand.DAMAGES: "возмещение убытков",
    Demand.REPLACEMENT: "замена товара",
    Demand.REPAIR: "безвозмездное устранение недостатков",
    Demand.DISTANCE_REFUND: "возврат денег за товар, купленный дистанционно",
    Demand.EXCHANGE_REFUND: "возврат денег за товар надлежащего качества, который не на что обменять",
    Demand.LOAN_ITEM: "предоставление товара на время ремонта или замены",
    Demand.PREPAID_REFUND: "возврат предоплаты за непереданный товар",
}


SUBJECTS: Mapping[Paper, str] = {
    Paper.RECEIVED: "Мы получили Ваше обращение",
    Paper.ITEM_ASKED: "Просим передать товар на проверку",
    Paper.DECISION: "Ответ на Ваше требование",
}


class Letters(Protocol):
    """Words filled in."""

    def written(self, paper: Paper, values: Values) -> str: ...


@dataclass(frozen=True, slots=True)
class Writing:
    """`shop` signs; `zone` is where the day of a letter is."""

    claiming: Claiming
    letters: Letters
    shop: str
    zone: str

    async def send(  # noqa: PLR0917 - a letter, and who sends it
        self, claim_id: str, paper: Paper, channel: Channel, name: str, actor: Actor, occasion: Occasion
    ) -> Outcome[Claim]:
        """Write it from what the claim is now, and record by which channel it goes. `name` is to whom."""
        claim = known((await self.claiming.handle.store.load(claim_id)).state)
        text = self.letters.written(paper, self._values(claim, paper, name, day_in(self.zone, occasion.at)))
        digest = hashlib.sha256(text.encode()).hexdigest()
        command = o.KeepLetter(
            claim_id=claim_id, actor=actor, at=occasion.at,
            paper=paper, channel=channel, text=text, digest=digest,
        )  # fmt: skip
        return await self.claiming.ask(command, occasion)

    async def shown(
        self, claim_id: str, letter_id: str, actor: Actor, occasion: Occasion
    ) -> tuple[Claim, Letter]:
        """The letter, after the look is recorded; raise when it is not his to see, or none of this claim's."""
        named = letter_of(letter_id)
        number = named[1] if named and named[0] == claim_id else 0
        command = o.ShowLetter(claim_id=claim_id, actor=actor, at=occasion.at, number=number)
        claim = known((await self.claiming.handle(command, occasion)).state)
        return claim, numbered(claim, number)

    def subject(self, claim: Claim, letter: Letter) -> str:
        """What stands above a letter by e-mail."""
        of = f", заказ {claim.cause.order_id}" if claim.cause.order_id else ""
        return f"{SUBJECTS[letter.paper]}{of}: письмо № {letter.number}"

    def _values(self, claim: Claim, paper: Paper, name: str, today: date) -> Values:
        ruling, demanded = claim.ruling, claim.demanded
        if paper is Paper.DECISION and (ruling is None or not ruling.in_force or demanded is None):
            raise LetterNotYet("There is no decision in force.")
        return {
            "name": name,
            "order": claim.cause.order_id,
            "claim": claim.claim_id,
            "number": len(claim.letters) + 1,
            "day": f"{today:%d.%m.%Y}",
            "demand": DEMANDS[demanded.demand] if demanded else None,
            "received": f"{demanded.received_on:%d.%m.%Y}" if demanded else None,
            "article": demanded.article if demanded else None,
            "due": f"{demanded.due_on:%d.%m.%Y}" if demanded else None,
            "verdict": ruling.verdict.value if ruling else None,
            "amount": str(ruling.amount) if ruling and ruling.amount.minor else None,
            "reason": ruling.reason if ruling else None,
            "shop": self.shop,
        }
