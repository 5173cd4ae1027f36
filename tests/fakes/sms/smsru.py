"""A fake sms.ru: `uvicorn --app-dir tests/fakes/sms smsru:app`.

`/sms/send`, `/sms/status`, `/sms/cost`, `/my/balance`, `/callback/add` by POST with `api_id` `BRASS-ID` and `json=1`; it knows
no id of the customer's; the same words to the same phone are 231 within a minute and 232 within a day; `test=1` takes
all and shows nothing. Its call back has `data[0]`, `data[1]`, ... of lines `sms_status`, id, code, moment, and `hash`.
"""

import hashlib
import re
import time
from typing import Any

from account import MINUTE, Form, Gateway, Message

API_ID = "BRASS-ID"
TEXTS = {
    100: "Запрос выполнен или сообщение находится в нашей очереди",
    200: "Неправильный api_id",
    201: "Не хватает средств на лицевом счету",
    202: "Неправильно указан номер телефона получателя, либо на него нет маршрута",
    203: "Нет текста сообщения",
    205: "Сообщение слишком длинное (превышает 8 СМС)",
    207: "На этот номер нет маршрута для доставки сообщений",
    209: "Вы добавили этот номер (или один из номеров) в стоп-лист",
    210: "Используется GET, где необходимо использовать POST",
    211: "Метод не найден",
    220: "Сервис временно недоступен, попробуйте чуть позже",
    230: "Превышен общий лимит количества сообщений на этот номер в день",
    231: "Превышен лимит одинаковых сообщений на этот номер в минуту",
    232: "Превышен лимит одинаковых сообщений на этот номер в день",
    500: "Ошибка на сервере. Повторите запрос.",
    901: "Callback: URL неверный (не начинается на http://)",
}
PHONE = re.compile(r"7\d{10}")
PRICE, ON_ITS_WAY, MOST_PARTS = 4.2, 102, 8
DAY = 24 * 60 * MINUTE


def no(code: int) -> dict[str, Any]:
    return {"status": "ERROR", "status_code": code, "status_text": TEXTS.get(code, "")}


class SmsRuGateway(Gateway):
    async def answer(self, path: str, form: Form) -> Any:
        if form.get("api_id") != API_ID:
            return no(200)
        match path:
            case "/sms/send" | "/sms/cost":
                return self._send(form, only_cost=path.endswith("cost"))
            case "/sms/status":
                return self._status(form)
            case "/my/balance":
                return {"status": "OK", "status_code": 100, "balance": round(self.account.moods.balance, 2)}
            case "/callback/add":
                return self._add(form.get("url", ""))
            case _:
                return no(211)

    def _send(self, form: Form, *, only_cost: bool) -> Any:
        if self.account.moods.balance < PRICE:
            return no(201)
        phones = form.get("to", "").split(",")
        each = {phone: self._one(phone, form, only_cost=only_cost) for phone in phones}
        left = round(self.account.moods.balance, 2)
        return {"status": "OK", "status_code": 100, "sms": each, "balance": left}

    def _one(self, phone: str, form: Form, *, only_cost: bool) -> dict[str, Any]:
        text, moods = form.get("msg", ""), self.account.moods
        wrong = self._wrong_with(phone, text)
        if wrong is not None:
            return no(wrong)
        if only_cost:
            return {"status": "OK", "status_code": 100, "cost": PRICE, "sms": 1}
        virtual, moods.virtual = moods.virtual, moods.virtual or form.get("test") == "1"
        id_ = f"202612-{1_000_000 + len(self.account.messages)}"
        taken = self.account.take(id_, phone, text, price=PRICE, status=ON_ITS_WAY)
        moods.virtual = virtual
        return {"status": "OK", "status_code": 100, "sms_id": id_, "cost": round(taken.cost, 2)}

    def _wrong_with(self, phone: str, text: str) -> int | None:
        checks = (
            (not PHONE.fullmatch(phone), 202),
            (not text, 203),
            (len(text) > 67 * MOST_PARTS, 205),
            (self.account.same_since(phone, text, MINUTE), 231),
            (self.account.same_since(phone, text, DAY), 232),
        )
        return self.account.moods.refuse.get(phone) or next((code for so, code in checks if so), None)

    def _status(self, form: Form) -> Any:
        each = {id_: self._status_of(id_) for id_ in form.get("sms_id", "").split(",")}
        return {"status": "OK", "status_code": 100, "sms": each, "balance": self.account.moods.balance}

    def _status_of(self, id_: str) -> dict[str, Any]:
        found = self.account.find(id_)
        if found is None:
            return {"status": "ERROR", "status_code": -1, "status_text": "Сообщение не найдено"}
        return {"status": "OK", "status_code": found.status, "cost": found.cost, "status_text": ""}

    def _add(self, url: str) -> Any:
        if not url.startswith(("http://", "https://")):
            return no(901)
        self.account.moods.callback = url
        return {"status": "OK", "status_code": 100, "callback": [url]}

    def call(self, messages: list[Message]) -> list[tuple[str, str]]:
        now = int(time.time())
        data = [f"sms_status\n{each.id}\n{each.status}\n{now}" for each in messages]
        signature = hashlib.sha256((API_ID + "".join(data)).encode()).hexdigest()
        return [("hash", signature), *((f"data[{n}]", line) for n, line in enumerate(data))]


app = SmsRuGateway()
