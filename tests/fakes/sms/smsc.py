"""A fake smsc.ru: `uvicorn --app-dir tests/fakes/sms smsc:app`.

`/sys/send.php`, `/sys/status.php`, `/sys/balance.php` by GET or POST with login `shop`, password `brass` or API key
`brass-key`, `fmt=3`; the same words to the same phone within a minute are error 9, whatever their id; an id may be used
twice; six questions about one message within a minute are error 9, too. Its call back has `id`, `phone`, `status`,
`time`, `ts`, `err`, `cnt`, `type`.
"""

import re
import time
from typing import Any

from account import MINUTE, Form, Gateway, Message

LOGIN, PASSWORD, API_KEY = "shop", "brass", "brass-key"
ERRORS = {
    1: "parameters error",
    2: "authorise error",
    3: "no money",
    4: "ip is blocked",
    5: "invalid date format",
    6: "message is denied",
    7: "invalid number",
    8: "can't to deliver",
    9: "duplicate request, wait a minute",
}
ID = re.compile(r"[A-Za-z0-9._-]{1,40}")
PHONE = re.compile(r"\+?[1-9]\d{9,14}")
PRICE, ON_ITS_WAY, NOT_FOUND = 3.8, 0, -3
MOST_QUESTIONS = 5


def error(code: int, id_: str | None = None) -> dict[str, Any]:
    return {"error": ERRORS[code], "error_code": code, **({"id": id_} if id_ else {})}


class SmscGateway(Gateway):
    async def answer(self, path: str, form: Form) -> Any:
        known = (form.get("login"), form.get("psw")) == (LOGIN, PASSWORD) or form.get("apikey") == API_KEY
        if not known:
            return error(2)
        match path:
            case "/sys/send.php":
                return self._send(form)
            case "/sys/status.php":
                return self._status(form)
            case "/sys/balance.php":
                return {"balance": f"{self.account.moods.balance:.2f}"}
            case _:
                return None

    def _send(self, form: Form) -> Any:
        phone, text = form.get("phones", ""), form.get("mes", "")
        id_ = form.get("id") or str(len(self.account.messages) + 1)
        if not phone or not text or not ID.fullmatch(id_) or form.get("fmt") != "3":
            return error(1)
        if not PHONE.fullmatch(phone):
            return error(7, id_)
        if refused := self.account.moods.refuse.get(phone):
            return error(refused, id_ if refused in (3, 6, 7, 8) else None)
        if self.account.same_since(phone, text, MINUTE):
            return error(9)
        if self.account.moods.balance < PRICE:
            return error(3, id_)
        taken = self.account.take(id_, phone, text, price=PRICE, status=ON_ITS_WAY)
        money = {"cost": f"{taken.cost:.2f}", "balance": f"{self.account.moods.balance:.2f}"}
        return {"id": id_, "cnt": taken.parts, **(money if form.get("cost") == "3" else {})}

    def _status(self, form: Form) -> Any:
        id_, phone, now = form.get("id", ""), form.get("phone", ""), time.monotonic()
        lately = [at for asked, at in self.account.questions if asked == id_ and now - at < MINUTE]
        if len(lately) >= MOST_QUESTIONS:
            return error(9)
        self.account.questions.append((id_, now))
        found = self.account.find(id_, phone)
        status = NOT_FOUND if found is None else found.status
        return {
            "status": status,
            "last_date": time.strftime("%d.%m.%Y %H:%M:%S"),
            "last_timestamp": int(time.time()),
        }

    def call(self, messages: list[Message]) -> list[tuple[str, str]]:
        last, now = messages[-1], int(time.time())
        return [
            ("id", last.id),
            ("phone", last.phone.removeprefix("+")),
            ("status", str(last.status)),
            ("time", time.strftime("%d.%m.%Y %H:%M:%S")),
            ("ts", str(now)),
            ("err", "0"),
            ("cnt", str(last.parts)),
            ("type", "0"),
        ]


app = SmscGateway()
