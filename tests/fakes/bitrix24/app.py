"""The fake portal over HTTP. `/rest/*` and `/oauth/token/` are Bitrix24's; `/control/*` is ours, for tests and demos."""

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any, cast

import httpx
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from tests.fakes.bitrix24.brackets import read
from tests.fakes.bitrix24.envelopes import Fault
from tests.fakes.bitrix24.methods import TAKES, call
from tests.fakes.bitrix24.portal import Portal
from tests.fakes.bitrix24.subscriptions import Post, deliver, installation
from tests.fakes.bitrix24.tokens import Caller

POSTS_EVERY = 1.0


class Broken(Response):
    """The connection breaks after the head of the answer."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        del scope, receive
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"100")]})


def application(portal: Portal, *, posts: bool = False, post: Post | None = None) -> FastAPI:
    """The portal's site, with the OAuth server at the same address; with `posts` it delivers events by itself."""

    @asynccontextmanager
    async def living(_: FastAPI) -> AsyncGenerator[None]:
        posting = asyncio.create_task(_post_for_ever(portal, post)) if posts else None
        yield
        if posting:
            posting.cancel()
            with suppress(asyncio.CancelledError):
                await posting

    app = FastAPI(title="A fake Bitrix24", lifespan=living)
    _grants_tokens(app, portal)
    _answers(app, portal)
    _has_cards_moved(app, portal)
    _has_events_moved(app, portal, post)
    return app


def _grants_tokens(app: FastAPI, portal: Portal) -> None:
    @app.get("/oauth/token/")
    async def token(request: Request) -> Response:
        try:
            return JSONResponse(portal.tokens.exchange(request.query_params))
        except Fault as fault:
            return JSONResponse(fault.body, fault.status)

    @app.get("/oauth/authorize/")
    async def authorize() -> Response:
        return JSONResponse({"code": portal.tokens.code(), "domain": portal.site.partition("://")[2]})


def _answers(app: FastAPI, portal: Portal) -> None:
    @app.api_route("/rest/{user}/{secret}/{method:path}", methods=["GET", "POST"])
    async def by_webhook(user: str, secret: str, method: str, request: Request) -> Response:
        return await _asked(portal, method, request, (user, secret))

    @app.api_route("/rest/{method:path}", methods=["GET", "POST"])
    async def by_token(method: str, request: Request) -> Response:
        return await _asked(portal, method, request, None)


async def _asked(portal: Portal, method: str, request: Request, webhook: tuple[str, str] | None) -> Response:
    weather = portal.weather
    if weather.slow:
        await asyncio.sleep(weather.slow)
    if weather.html:
        return Response("<html><body>503</body></html>", 503, media_type="text/html")
    if weather.moved_to or weather.licence:
        where = weather.moved_to or portal.site
        path = request.url.path if weather.moved_to else "/bitrix/coupon_activation.php"
        return Response(status_code=302, headers={"Location": f"{where}{path}"})
    try:
        portal.bucket.take(portal.clock())
        asked = await _parameters(request)
        caller: Caller = (
            portal.tokens.of_webhook(*webhook) if webhook else portal.tokens.of_token(_token(asked))
        )
        answer = call(portal, method, asked, caller)
    except Fault as fault:
        return JSONResponse(fault.body, fault.status)
    if weather.forgetful:
        return Broken()
    name, now = method.lower().removesuffix("/").removesuffix(".json"), portal.clock()
    spent, resets = portal.operating.sum(name, now), portal.operating.resets_at(name, now)
    time = portal.timing.of(now, TAKES, spent, resets)
    return JSONResponse({"result": answer.result, **answer.pages(), "time": time})


async def _parameters(request: Request) -> dict[str, Any]:
    """Query, form or JSON. The JSON body of a GET is not read."""
    asked = read(request.query_params.multi_items())
    if request.method != "POST":
        return asked
    if "json" in request.headers.get("content-type", ""):
        body = await request.body()
        try:
            given: Any = json.loads(body) if body else {}
        except ValueError as wrong:
            raise Fault(400, "INVALID_REQUEST", "Wrong JSON") from wrong
        return {**asked, **(cast("dict[str, Any]", given) if isinstance(given, Mapping) else {})}
    form = await request.form()
    return {**asked, **read([(name, str(value)) for name, value in form.multi_items()])}


def _token(asked: Mapping[str, Any]) -> str | None:
    given = asked.get("auth")
    return given if isinstance(given, str) else None


def _has_cards_moved(app: FastAPI, portal: Portal) -> None:
    @app.post("/control/cards/{kind}")
    async def add(kind: str, body: dict[str, Any]) -> dict[str, Any]:
        return {"ID": portal.add(kind.upper(), body)["ID"]}

    @app.patch("/control/cards/{kind}/{id_}")
    async def change(kind: str, id_: int, body: dict[str, Any]) -> dict[str, Any]:
        portal.change(kind.upper(), id_, body)
        return {"ID": id_}

    @app.post("/control/users/{id_}")
    async def hire(id_: int, body: dict[str, Any]) -> dict[str, Any]:
        return {"ID": portal.hire(id_, **body)["ID"]}

    @app.post("/control/weather")
    async def weather(body: dict[str, Any]) -> dict[str, Any]:
        for name, value in body.items():
            setattr(portal.weather, name, value)
        return body


def _has_events_moved(app: FastAPI, portal: Portal, post: Post | None) -> None:
    @app.post("/control/outgoing")
    async def outgoing(body: dict[str, str]) -> dict[str, str]:
        portal.outgoing.append(body["handler"])
        return body

    @app.post("/control/install")
    async def install(body: dict[str, str]) -> dict[str, int]:
        async with httpx.AsyncClient() as client:
            answer = await client.post(body["handler"], data=dict(installation(portal)), timeout=30)
        return {"status": answer.status_code}

    @app.post("/control/deliver")
    async def deliver_now() -> dict[str, int]:
        async with httpx.AsyncClient() as client:
            return {"taken": await deliver(portal, client, post)}

    @app.get("/control/journal")
    async def journal() -> list[dict[str, Any]]:
        return [vars(each) for each in portal.journal]


async def _post_for_ever(portal: Portal, post: Post | None) -> None:
    async with httpx.AsyncClient() as client:
        while True:
            await deliver(portal, client, post)
            await asyncio.sleep(POSTS_EVERY)
