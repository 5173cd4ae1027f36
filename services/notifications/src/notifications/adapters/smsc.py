"""smsc.ru over HTTP, JSON (`fmt=3`): https://smsc.ru/api/http/.

It knows a message by our own id (`id`: up to 40 letters, digits, `.-_`) and by the phone. It does not refuse a second one of
the same id, but a second request of the same words within a minute (error 9); so before a repeat it is asked by
`status.php` whether it has the first.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import parse_qs

import httpx
from kernel.money import Money
from kernel.phone import Phone

from notifications.adapters.http_gateway import asked, mapping, number, roubles
from notifications.application.outgoing import Answer, NotNow, Refused, Reported, Sms, Taken
from notifications.domain.words import Report

ANSWERS: dict[int, Answer] = {
    1: Refused("refused"),  # a parameter that it does not like
    2: NotNow("gateway_login"),
    3: NotNow("gateway_money"),
    4: NotNow("gateway_blocked"),  # our address, for too many mistakes
    5: Refused("refused"),  # a date
    6: Refused("refused"),  # the text or the sender's name is forbidden
    7: Refused("no_address"),
    8: Refused("undeliverable"),
    9: NotNow("gateway_busy"),
}
DUPLICATE = 9
DAY = 24
HOUR = timedelta(hours=1)
NOT_FOUND = -3


@dataclass(frozen=True, slots=True)
class Smsc:
    """`password` may be the API key's place: with `apikey` there is no login. `balance` hears what is left."""

    client: httpx.AsyncClient
    url: str
    login: str
    password: str
    sender: str | None = None
    balance: Callable[[str, Money], None] = lambda _, __: None
    name: str = "smsc"
    confirmation: str = "OK"

    async def send(self, sms: Sms) -> Answer:
        """`send.php`. A repeat looks first."""
        if sms.again:
            known = await self._known(sms.key, sms.phone)
            if known is not None:
                return Taken(sms.key) if isinstance(known, Report) else known
        hours = min(DAY, max(1, int(sms.ttl / HOUR)))
        form = {
            "phones": sms.phone.e164,
            "mes": sms.text.value,
            "id": sms.key,
            "valid": str(hours),
            "cost": "3",
            **({"sender": self.sender} if self.sender else {}),
        }
        answer = await asked(self.client, f"{self.url}/sys/send.php", self._form(form))
        if isinstance(answer, NotNow):
            return answer
        told = mapping(answer)
        code = number(told.get("error_code"))
        if code is None:
            return self._taken(sms, told) if "id" in told else NotNow("gateway_garbled", perhaps_taken=True)
        if code == DUPLICATE and isinstance(await self._known(sms.key, sms.phone), Report):
            return Taken(sms.key)
        return ANSWERS.get(code, NotNow("gateway_error"))

    async def look(self, key: str, gateway_id: str | None, phone: Phone) -> Report | None:
        """What `status.php` says."""
        del gateway_id  # it is our own key
        known = await self._known(key, phone)
        return known if isinstance(known, Report) else None

    async def _known(self, key: str, phone: Phone) -> Report | NotNow | None:
        """None only when it says itself that it never had it; not to be told is not to know."""
        form = self._form({"phone": phone.e164, "id": key})
        answer = await asked(self.client, f"{self.url}/sys/status.php", form)
        if isinstance(answer, NotNow):
            return NotNow(answer.fault, perhaps_taken=True)
        status = number(mapping(answer).get("status"))
        if status is None:
            return NotNow("gateway_busy", perhaps_taken=True)
        return None if status == NOT_FOUND else report_of(status)

    def reports(self, body: bytes) -> Sequence[Reported]:
        """A form with `id`, `phone`, `status`, `time`, `err`."""
        form = parse_qs(body.decode("utf-8", "replace"), max_num_fields=50)
        key, status = form.get("id", [""])[0], number(form.get("status", [""])[0])
        return [Reported(report_of(status), key=key)] if key and status is not None else []

    def _taken(self, sms: Sms, told: object) -> Taken:
        left = roubles(mapping(told).get("balance"))
        if left is not None:
            self.balance(self.name, left)
        return Taken(sms.key, roubles(mapping(told).get("cost")))

    def _form(self, more: dict[str, str]) -> dict[str, str]:
        who = {"login": self.login, "psw": self.password} if self.login else {"apikey": self.password}
        return {**who, "fmt": "3", "charset": "utf-8", **more}


def report_of(status: int) -> Report:
    """1 delivered, 2 read, 4 its link was followed; -2 stopped, 3 expired and 20 and more: lost; else on its way."""
    if status in (1, 2, 4):
        return Report.ARRIVED
    return Report.LOST if status in (-2, 3) or status >= 20 else Report.ON_WAY  # noqa: PLR2004 - of smsc.ru's own list
