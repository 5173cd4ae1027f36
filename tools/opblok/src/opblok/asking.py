"""Asking the services over HTTP: where they are, and in whose name."""

import os
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import httpx
from chassis.settings import PeersSettings

from opblok.home import home
from opblok.saying import give_up
from opblok.stack.keeping import Keeping
from opblok.supervision.seen import read

TIMEOUT = 15.0
ISSUER = "crm"
STANDARD = frozenset(
    [
        "type",
        "title",
        "status",
        "detail",
        "instance",
        "trace_id",
        "rule",
        "overridable_by",
        "errors",
        "error",
        "error_description",
    ]
)
"""Of a problem, and of OAuth's errors; what else is in one is its own."""


def address(service: str) -> str:
    """OPBLOK_<SERVICE>_URL, else where the stack of this home has it, else the usual place."""
    given = os.environ.get(f"OPBLOK_{service.upper()}_URL")
    seen = read(home().seen)
    running = seen.address(service) if seen else None
    return (given or running or PeersSettings().url_of(service)).rstrip("/")


@dataclass
class Services:
    """`token`: OPBLOK_TOKEN when set, else one of the owner of this home's stack."""

    timeout: float = TIMEOUT
    _token: str = field(default="", repr=False)

    def get(self, service: str, path: str, **query: Any) -> Any:
        return self.ask("GET", service, path, params=query).json()

    def ask(self, method: str, service: str, path: str, **more: Any) -> httpx.Response:
        """The answer, when it is one to be glad of; else the message and out."""
        return glad(self.try_to(method, service, path, **more), f"{service} refused {method} {path}")

    def try_to(self, method: str, service: str, path: str, **more: Any) -> httpx.Response:
        """The answer, whatever it is."""
        headers = self._headers() | more.pop("headers", {})
        return send(method, service, path, timeout=self.timeout, headers=headers, **more)

    def find(self, service: str, path: str) -> Any:
        """None where the service knows no such thing."""
        answer = self.try_to("GET", service, path)
        if answer.status_code == HTTPStatus.NOT_FOUND:
            return None
        return glad(answer, f"{service} refused GET {path}").json()

    def token(self) -> str:
        if not self._token:
            self._token = os.environ.get("OPBLOK_TOKEN") or str(token_of_staff("owner")["access_token"])
        return self._token

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token()}"}


def glad(answer: httpx.Response, otherwise: str) -> httpx.Response:
    """The answer, unless it is a refusal: then its words, and out."""
    if answer.is_error:
        give_up(f"{otherwise}: {said(answer)}", code=2)
    return answer


def send(method: str, service: str, path: str, **more: Any) -> httpx.Response:
    url = f"{address(service)}{path}"
    try:
        return httpx.request(method, url, **more)
    except httpx.TransportError as silent:
        give_up(
            f"{service} does not answer at {address(service)} ({type(silent).__name__}).",
            f"`opblok ps` shows whether it runs; OPBLOK_{service.upper()}_URL names another address.",
        )


def said(answer: httpx.Response) -> str:
    """A problem's own words (RFC 9457), with what it names besides; else the status."""
    try:
        problem = answer.json()
    except ValueError:
        return f"{answer.status_code} {answer.reason_phrase}"
    words = problem.get("detail") or problem.get("title") or problem.get("error_description") or ""
    rule = f" (rule {problem['rule']})" if problem.get("rule") else ""
    return f"{answer.status_code} {words}{rule}{named(problem)}"


def named(problem: dict[str, Any]) -> str:
    """What the caller can act on: the parts that are malformed, and the refusal's own names."""
    parts = [f"{'.'.join(each['where'])}: {each['why']}" for each in problem.get("errors", ())]
    own = [f"{name}: {value}" for name, value in problem.items() if name not in STANDARD]
    return f" ({'; '.join((*parts, *own))})" if parts or own else ""


def token_of_staff(login: str) -> dict[str, Any]:
    """By the password that this home keeps for the first staff; development only."""
    people = keeping().people()
    known = {each["login"]: each["password"] for each in (people["owner"], *people["staff"])}
    if login not in known:
        give_up(f"no password of {login} is kept here.", f"known are: {', '.join(known)}.")
    return issued({"grant_type": "password", "username": login, "password": known[login]})


def token_of_client(client: str) -> dict[str, Any]:
    known = [each["client_id"] for each in keeping().people()["clients"]]
    if client not in known:
        give_up(f"no secret of client {client} is kept here.", f"known are: {', '.join(known)}.")
    secret = keeping().secret_of(client)
    return issued({"grant_type": "client_credentials", "client_id": client, "client_secret": secret})


def issued(form: dict[str, str]) -> dict[str, Any]:
    answer = send("POST", ISSUER, "/oauth/token", data=form, timeout=TIMEOUT)
    token: dict[str, Any] = glad(answer, "crm gave no token").json()
    return token


def keeping() -> Keeping:
    kept = Keeping(home().secrets)
    if not kept.bootstrap_file.exists():
        give_up(
            f"there are no secrets in {kept.folder}.",
            "`opblok up` makes them at its first start; elsewhere set OPBLOK_TOKEN.",
        )
    return kept
