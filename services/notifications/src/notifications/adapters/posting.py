"""Posting a webhook: the address is resolved here and checked, and the connection goes to that very address.

A name that answers otherwise a moment later (DNS rebinding) changes nothing, since it is not asked again. No proxy of the
environment, no redirect, no cookie; nothing of the answer is kept. Connections are not kept either: httpx knows them by
address, and a second host at the same address would go by the certificate of the first.
"""

import asyncio
import ipaddress
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from time import perf_counter

import httpx
from chassis.clock import SystemClock
from chassis.spans import no_spans
from standardwebhooks.webhooks import Webhook

from notifications.adapters.resolving import Resolve, Resolving
from notifications.application.hooks import Answered
from notifications.domain.reachable import Place, Reach, may_reach, place_of
from notifications.domain.refusals import WebhookAddressRefused

MOST_OF_AN_ANSWER = 65_536
MOST_ADDRESSES = 3


class Refused(Exception):
    """An address that may not be called, or none at all; the text is a fault's word."""


@dataclass(frozen=True, slots=True)
class Posting:
    """`within`: seconds for all of it, from the name to the answer. Signed by real time: receivers compare it with theirs."""

    reach: Reach
    within: float
    tls: ssl.SSLContext = field(default_factory=httpx.create_ssl_context)
    resolve: Resolve = field(default_factory=Resolving)
    now: Callable[[], datetime] = SystemClock().now

    async def __call__(self, url: str, id_: str, body: str, secrets: Sequence[str]) -> Answered:
        """Never raises for what is outside."""
        began = perf_counter()
        status: int | None = None
        fault, later = None, None
        try:
            with no_spans():  # they would tell the address, which is sealed
                async with asyncio.timeout(self.within):
                    place = place_of(url, self.reach)
                    addresses = await self._checked(place)
                    headers = self._headers(id_, body, secrets)
                    status, later = await self._any(place, addresses, body, headers)
        except WebhookAddressRefused:
            fault = "address_refused"
        except Refused as no:
            fault = str(no)
        except (TimeoutError, httpx.TimeoutException):
            fault = "timeout"
        except httpx.ConnectError:
            fault = "no_connection"
        except (httpx.HTTPError, httpx.InvalidURL, OSError):
            fault = "broken_off"
        return Answered(round((perf_counter() - began) * 1000), status, fault, self._pause(later))

    async def _checked(self, place: Place) -> Sequence[str]:
        """Every address of the name must be one that may be called, so that no lot is drawn among them."""
        try:
            addresses = await self.resolve(place.host, place.port)
        except (OSError, UnicodeError):
            raise Refused("unresolved") from None
        if not addresses:
            raise Refused("unresolved")
        if not all(may_reach(each, self.reach) for each in addresses):
            raise Refused("address_refused")
        return addresses

    async def _any(
        self, place: Place, addresses: Sequence[str], body: str, headers: dict[str, str]
    ) -> tuple[int, str | None]:
        """At the first of some addresses that takes a connection; what was once connected is not sent elsewhere."""
        *others, last = addresses[:MOST_ADDRESSES]
        for address in others:
            try:
                return await self._post(place, address, body, headers)
            except httpx.ConnectError:
                continue
        return await self._post(place, last, body, headers)

    def _headers(self, id_: str, body: str, secrets: Sequence[str]) -> dict[str, str]:
        at = self.now()
        return {
            "webhook-id": id_,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": " ".join(Webhook(each).sign(id_, at, body) for each in secrets),
            "content-type": "application/cloudevents+json; charset=utf-8",
            "user-agent": "opblok-webhooks/1",
            "accept-encoding": "identity",
        }

    async def _post(
        self, place: Place, address: str, body: str, headers: dict[str, str]
    ) -> tuple[int, str | None]:
        at = f"[{address}]" if ipaddress.ip_address(address.partition("%")[0]).version == 6 else address  # noqa: PLR2004
        url = f"{place.scheme}://{at}:{place.port}{place.path}"
        said, name = {**headers, "host": place.header}, {"sni_hostname": place.host}
        limits = httpx.Limits(max_keepalive_connections=0)
        async with (
            httpx.AsyncClient(
                verify=self.tls, trust_env=False, follow_redirects=False, timeout=self.within, limits=limits
            ) as client,
            client.stream("POST", url, content=body.encode(), headers=said, extensions=name) as answer,
        ):
            await self._read_some(answer)
            return answer.status_code, answer.headers.get("retry-after")

    async def _read_some(self, answer: httpx.Response) -> None:
        """As much as is polite; the rest is cut off, and what it says is not kept."""
        seen = 0
        async for piece in answer.aiter_raw():
            seen += len(piece)
            if seen > MOST_OF_AN_ANSWER:
                return

    def _pause(self, said: str | None) -> timedelta | None:
        """`Retry-After`, seconds or a date; nonsense is nothing."""
        if said is None:
            return None
        if said.isascii() and said.isdigit() and len(said) < 8:  # noqa: PLR2004 - months
            return timedelta(seconds=int(said))
        try:
            then = parsedate_to_datetime(said)
            return max(then.replace(tzinfo=then.tzinfo or UTC) - self.now(), timedelta())
        except (ValueError, OverflowError):
            return None
