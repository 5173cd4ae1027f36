"""Fetching a feed over HTTP: from checked addresses only, also after redirects, within limits of size and time."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import httpx

from procurement.adapters.public_addresses import Network, NotPublic, Resolve, checked_address, resolve
from procurement.application.ports import Fetched, FetchFailed

MOST_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class FeedAddress:
    """`allowed` are networks beyond the public ones; `most_bytes` and `within` (seconds) bound a fetch."""

    allowed: Sequence[Network] = ()
    most_bytes: int = 512 * 2**20
    within: float = 600.0
    look_up: Resolve = resolve

    async def __call__(
        self, url: str, etag: str | None, last_modified: str | None, into: Path
    ) -> Fetched | None:
        """The feed in the file `into`; None when it is as `etag` or `last_modified` say. Raise `FetchFailed`."""
        asked = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in asked.items() if value}
        try:
            async with asyncio.timeout(self.within):
                return await self._follow(httpx.URL(url), headers, into)
        except TimeoutError as late:
            raise FetchFailed(f"not fetched within {self.within:.0f} s") from late
        except (httpx.HTTPError, httpx.InvalidURL, NotPublic) as failed:
            raise FetchFailed(str(failed)[:200] or type(failed).__name__) from failed

    async def _follow(self, url: httpx.URL, headers: dict[str, str], into: Path) -> Fetched | None:
        timeout = httpx.Timeout(30.0)
        async with httpx.AsyncClient(trust_env=False, timeout=timeout, follow_redirects=False) as client:
            for _ in range(MOST_REDIRECTS + 1):
                request = await self._request(client, url, headers)
                answer = await client.send(request, stream=True)
                try:
                    if answer.status_code not in REDIRECTS:
                        return await self._taken(answer, into)
                    url = url.join(answer.headers.get("location", ""))
                finally:
                    await answer.aclose()
        raise FetchFailed(f"more than {MOST_REDIRECTS} redirects")

    async def _request(
        self, client: httpx.AsyncClient, url: httpx.URL, headers: dict[str, str]
    ) -> httpx.Request:
        if url.scheme not in PORTS or not url.host:
            raise FetchFailed("only http and https addresses are fetched")
        address = await checked_address(url.host, url.port or PORTS[url.scheme], self.allowed, self.look_up)
        request = client.build_request(
            "GET",
            url.copy_with(host=address),
            headers={**headers, "Host": url.netloc.decode("ascii"), "Accept-Encoding": "identity"},
        )
        request.extensions["sni_hostname"] = url.host  # the certificate must be that of the name
        return request

    async def _taken(self, answer: httpx.Response, into: Path) -> Fetched | None:
        if answer.status_code == HTTPStatus.NOT_MODIFIED:
            return None
        if answer.status_code != HTTPStatus.OK:
            raise FetchFailed(f"the address answered {answer.status_code}")
        if answer.headers.get("content-encoding", "identity") != "identity":
            raise FetchFailed("the address answered compressed, which was not asked for")
        taken = 0
        with into.open("wb") as file:
            async for piece in answer.aiter_raw():
                taken += len(piece)
                if taken > self.most_bytes:
                    raise FetchFailed(f"larger than {self.most_bytes} bytes")
                file.write(piece)
        return Fetched(answer.headers.get("etag"), answer.headers.get("last-modified"))
