"""The fake CDEK over HTTP. `/v2/*` is CDEK's; `/control/*` is ours, for tests and demos."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import httpx
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from tests.fakes.cdek.desk import Desk
from tests.fakes.cdek.envelopes import Fault, Json, accepted, mapping, request
from tests.fakes.cdek.forms import KINDS
from tests.fakes.cdek.hooks import TYPES, Post, deliver
from tests.fakes.cdek.tokens import BadClient

POSTS_EVERY = 1.0
ACCEPTED = 202


class Broken(Response):
    """The connection breaks after the head of the answer."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        del scope, receive
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"100")]})


def application(desk: Desk, *, posts: bool = False, post: Post | None = None) -> FastAPI:
    """CDEK's API; with `posts` it delivers events by itself."""

    @asynccontextmanager
    async def living(_: FastAPI) -> AsyncGenerator[None]:
        posting = asyncio.create_task(_post_for_ever(desk, post)) if posts else None
        yield
        if posting:
            posting.cancel()
            with suppress(asyncio.CancelledError):
                await posting

    app = FastAPI(title="A fake CDEK", lifespan=living)
    _grants_tokens(app, desk)
    _keeps_orders(app, desk)
    _prints(app, desk)
    _keeps_subscriptions(app, desk)
    _is_moved(app, desk)
    return app


def _grants_tokens(app: FastAPI, desk: Desk) -> None:
    @app.middleware("http")
    async def weather(asked: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
        path, now = asked.url.path, desk.weather
        if path.startswith("/control/"):
            return await go_on(asked)
        desk.journal.append(f"{asked.method} {path}")
        if now.slow:
            await asyncio.sleep(now.slow)
        if now.down or now.busy:
            now.busy = max(0, now.busy - 1)
            return Response("<html>503</html>", 503 if now.down else 429, media_type="text/html")
        answer = await _believed(desk, asked, go_on)
        if now.forgetful:
            return Broken()
        return Response("<html>hello</html>", media_type="text/html") if now.html else answer

    @app.post("/v2/oauth/token")
    async def token(asked: Request) -> Response:
        form = {name: str(value) for name, value in (await asked.form()).items()}
        try:
            return JSONResponse(desk.tokens.grant({**asked.query_params, **form}))
        except BadClient:
            told = {"error": "invalid_client", "error_description": "Bad client credentials"}
            return JSONResponse(told, 401)


async def _believed(desk: Desk, asked: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
    try:
        if asked.url.path != "/v2/oauth/token":
            desk.tokens.believe(asked.headers.get("authorization", ""))
        return await go_on(asked)
    except Fault as fault:
        return JSONResponse(fault.body(desk.clock()), fault.status)


def _keeps_orders(app: FastAPI, desk: Desk) -> None:
    @app.post("/v2/orders")
    async def register(asked: Request) -> Response:
        uuid = desk.register(mapping(await asked.json()))
        return JSONResponse(accepted(uuid, "CREATE", desk.clock()), ACCEPTED)

    @app.get("/v2/orders")
    async def find(cdek_number: str | None = None, im_number: str | None = None) -> Json:
        return desk.find(cdek_number=cdek_number, im_number=im_number).shown()

    @app.get("/v2/orders/{uuid}")
    async def read(uuid: str) -> Json:
        return desk.find(uuid=uuid).shown()

    @app.delete("/v2/orders/{uuid}")
    async def delete(uuid: str) -> Response:
        desk.delete(uuid)
        return JSONResponse(accepted(uuid, "DELETE", desk.clock()), ACCEPTED)

    @app.post("/v2/orders/{uuid}/refusal")
    async def refuse(uuid: str) -> Response:
        desk.refuse(uuid)
        return JSONResponse(accepted(uuid, "CREATE", desk.clock()), ACCEPTED)


def _prints(app: FastAPI, desk: Desk) -> None:
    def of(path: str) -> str:
        if path not in KINDS:
            raise Fault("v2_bad_request", status=404)
        return path

    @app.post("/v2/print/{path}")
    async def ask(path: str, asked: Request) -> Response:
        uuid = desk.printer.ask(of(path), mapping(await asked.json()), desk.uuid_of)
        return JSONResponse(accepted(uuid, "CREATE", desk.clock()), ACCEPTED)

    @app.get("/v2/print/{path}/{name}")
    async def read(path: str, name: str) -> Response:
        uuid, _, kind = name.partition(".")
        if kind == "pdf":
            return Response(desk.printer.file(of(path), uuid), media_type="application/pdf")
        return JSONResponse(desk.printer.shown(of(path), uuid))


def _keeps_subscriptions(app: FastAPI, desk: Desk) -> None:
    @app.post("/v2/webhooks")
    async def subscribe(asked: Request) -> Json:
        body = mapping(await asked.json())
        if body.get("type") not in TYPES or not body.get("url"):
            raise Fault("v2_webhook_type_incorrect", kind="CREATE")
        uuid = desk.subscribe(str(body["type"]), str(body["url"]))
        return {"entity": {"uuid": uuid}, "requests": [request("CREATE", "SUCCESSFUL", desk.clock())]}

    @app.get("/v2/webhooks")
    async def subscriptions() -> list[Json]:
        return [vars(each) for each in desk.subscriptions.values()]

    @app.get("/v2/webhooks/{uuid}")
    async def subscription(uuid: str) -> Json:
        if uuid not in desk.subscriptions:
            raise Fault("v2_entity_not_found", f"Entity is not found by uuid {uuid}")
        return {"entity": vars(desk.subscriptions[uuid]), "requests": list[Any]()}

    @app.delete("/v2/webhooks/{uuid}")
    async def unsubscribe(uuid: str) -> Json:
        if desk.subscriptions.pop(uuid, None) is None:
            raise Fault("v2_entity_not_found", f"Entity is not found by uuid {uuid}", kind="DELETE")
        return {"entity": {"uuid": uuid}, "requests": [request("DELETE", "SUCCESSFUL", desk.clock())]}


def _is_moved(app: FastAPI, desk: Desk) -> None:
    @app.get("/control/orders")
    async def orders() -> list[Json]:
        desk.settle()
        return [{"uuid": each.uuid, "number": each.number, "cdek_number": each.cdek_number, "status": each.last}
                for each in desk.orders.values()]  # fmt: skip

    @app.post("/control/orders/{number}/{code}")
    async def move(number: str, code: str, reason: str | None = None) -> Json:
        return desk.move(desk.find(im_number=number).uuid, code, reason).shown()

    @app.post("/control/weather")
    async def weather(body: Json) -> Json:
        for name, value in body.items():
            setattr(desk.weather, name, value)
        return body

    @app.post("/control/deliver")
    async def deliver_now() -> dict[str, int]:
        async with httpx.AsyncClient() as client:
            return {"taken": await deliver(desk.events, client)}

    @app.get("/control/journal")
    async def journal() -> list[str]:
        return desk.journal


async def _post_for_ever(desk: Desk, post: Post | None) -> None:
    async with httpx.AsyncClient() as client:
        while True:
            desk.settle()
            await deliver(desk.events, client, post)
            await asyncio.sleep(POSTS_EVERY)
