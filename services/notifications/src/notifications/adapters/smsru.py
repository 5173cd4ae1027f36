"""sms.ru over HTTP, JSON (`json=1`): https://sms.ru/api.

It knows no id of ours: a repeat after an answer that nobody heard can't be looked up. What keeps the customer from reading
it twice is its own limit on equal texts to one number (231 within a minute, 232 within a day; set in the account), which to
a repeat means that the first was taken (docs/decisions/0063).
"""

import hashlib
import hmac
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import parse_qsl

import httpx
from kernel.money import Money
from kernel.phone import Phone

from notifications.adapters.http_gateway import asked, mapping, number, roubles
from notifications.application.outgoing import Answer, NotFromGateway, NotNow, Refused, Reported, Sms, Taken
from notifications.domain.words import Report

OK = 100
SAME_TEXT = (231, 232)
ANSWERS: dict[int, Answer] = {
    200: NotNow("gateway_login"),
    201: NotNow("gateway_money"),
    202: Refused("no_address"),
    203: Refused("refused"),  # no text
    204: NotNow("gateway_settings"),  # the sender's name is not agreed
    205: Refused("refused"),  # longer than 8 SMS
    206: NotNow("gateway_limit"),  # the account's day
    207: Refused("undeliverable"),  # no way to this number
    209: Refused("refused"),  # on the stop list
    210: Refused("refused"),
    211: Refused("refused"),
    212: Refused("refused"),
    213: Refused("refused"),
    220: NotNow("gateway_busy"),
    230: NotNow("gateway_limit"),  # the number's day
    231: NotNow("gateway_busy"),
    232: Refused("refused"),
    300: NotNow("gateway_login"),
    301: NotNow("gateway_login"),
    302: NotNow("gateway_login"),
    500: NotNow("gateway_error", perhaps_taken=True),
}
ARRIVED = (103, 110)
ON_WAY = (100, 101, 102)
MOST_MINUTES = 1440
MINUTE = timedelta(minutes=1)
LINE = re.compile(r"data(\[\d*\])?")
STATUS = "sms_status"


@dataclass(frozen=True, slots=True)
class SmsRu:
    """`test`: it answers as always and sends nothing. `balance` hears what is left."""

    client: httpx.AsyncClient
    url: str
    api_id: str
    sender: str | None = None
    test: bool = False
    balance: Callable[[str, Money], None] = lambda _, __: None
    name: str = "smsru"
    confirmation: str = "100"

    async def send(self, sms: Sms) -> Answer:
        """`sms/send`, to one number."""
        phone = sms.phone.e164.removeprefix("+")
        minutes = min(MOST_MINUTES, max(1, int(sms.ttl / MINUTE)))
        form = {
            "to": phone,
            "msg": sms.text.value,
            "ttl": str(minutes),
            **({"from": self.sender} if self.sender else {}),
            **({"test": "1"} if self.test else {}),
        }
        answer = await asked(self.client, f"{self.url}/sms/send", self._form(form))
        if isinstance(answer, NotNow):
            return answer
        told = mapping(answer)
        one = mapping(mapping(told.get("sms")).get(phone))
        code = number(one.get("status_code", told.get("status_code")))
        if code in SAME_TEXT and sms.again:
            return Taken()
        if code != OK or "sms_id" not in one:
            return ANSWERS.get(code or 0, NotNow("gateway_error", perhaps_taken=code == OK))
        left = roubles(told.get("balance"))
        if left is not None:
            self.balance(self.name, left)
        return Taken(str(one["sms_id"]), roubles(one.get("cost")))

    async def look(self, key: str, gateway_id: str | None, phone: Phone) -> Report | None:
        """`sms/status`, by its own id."""
        del key, phone
        if gateway_id is None:
            return None
        answer = await asked(self.client, f"{self.url}/sms/status", self._form({"sms_id": gateway_id}))
        if isinstance(answer, NotNow):
            return None
        one = mapping(mapping(mapping(answer).get("sms")).get(gateway_id))
        status = number(one.get("status_code"))
        return None if status is None or one.get("status") != "OK" else report_of(status)

    def reports(self, body: bytes) -> Sequence[Reported]:
        """`data[]`, each of lines: `sms_status`, its id, the code, the moment; `hash` is SHA-256 of the api_id and them all."""
        form = parse_qsl(body.decode("utf-8", "replace"), max_num_fields=400)
        data = [value for name, value in form if LINE.fullmatch(name)]
        signed = dict(form).get("hash")
        if signed is not None and not hmac.compare_digest(signed.encode(), self._signature(data).encode()):
            raise NotFromGateway
        told = [each.replace("\r", "").split("\n") for each in data]
        return [
            Reported(report_of(status), gateway_id=lines[1])
            for lines in told
            if len(lines) > 2 and lines[0] == STATUS and (status := number(lines[2])) is not None  # noqa: PLR2004
        ]

    def _signature(self, data: Sequence[str]) -> str:
        return hashlib.sha256((self.api_id + "".join(data)).encode()).hexdigest()

    def _form(self, more: dict[str, str]) -> dict[str, str]:
        return {"api_id": self.api_id, "json": "1", **more}


def report_of(status: int) -> Report:
    """103 delivered, 110 read; 100 to 102 on its way; all the others of its list: lost."""
    if status in ARRIVED:
        return Report.ARRIVED
    return Report.ON_WAY if status in ON_WAY else Report.LOST
