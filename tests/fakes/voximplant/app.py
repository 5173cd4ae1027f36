"""The fake Management API over HTTP: one address, the method in `cmd`, faults inside HTTP 200."""

from collections.abc import Callable, Mapping

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from tests.fakes.voximplant.account import Account, Fault, Json, read

USUAL, MOST = 20, 1000


def application(account: Account) -> FastAPI:
    """`POST /platform_api`."""
    app = FastAPI(title="A fake Voximplant")
    methods: dict[str, Callable[[Account, Mapping[str, str]], Json]] = {"GetCallHistory": history}

    @app.post("/platform_api")
    async def ask(asked: Request) -> Response:
        form = {name: str(value) for name, value in (await asked.form()).items()}
        account.journal.append(form)
        now = account.weather
        if now.down or now.busy:
            now.busy = max(0, now.busy - 1)
            return Response("<html>no</html>", 503 if now.down else 429, media_type="text/html")
        if now.html:
            return Response("<html>hello</html>", media_type="text/html")
        try:
            account.believe(asked.headers.get("authorization", ""))
            method = methods.get(form.get("cmd", ""), unknown)
            return JSONResponse(method(account, form))
        except Fault as fault:
            return JSONResponse({"error": {"code": fault.code, "msg": fault.msg}})

    return app


def history(account: Account, form: Mapping[str, str]) -> Json:
    """GetCallHistory: sessions that began in [from, to), a page of them."""
    if not form.get("from_date") or not form.get("to_date"):
        raise Fault(110, "The 'from_date' and 'to_date' parameters are required.")
    begins, ends = read(form["from_date"]), read(form["to_date"])
    found = [
        each for each in account.sessions if begins <= read(each["start_date"]) < ends and _fits(each, form)
    ]
    if _true(form.get("desc_order")):
        found.reverse()
    offset, count = _number(form, "offset", 0), _number(form, "count", USUAL)
    if count > MOST:
        raise Fault(111, "The 'count' parameter is invalid.")
    hidden = {name for name in ("calls", "records") if not _true(form.get(f"with_{name}"))}
    page = [
        {name: value for name, value in each.items() if name not in hidden}
        for each in found[offset : offset + count]
    ]
    return {"result": page, "count": len(page), "total_count": len(found), "timezone": "Etc/GMT"}


def unknown(account: Account, form: Mapping[str, str]) -> Json:
    """A method that is none, or is not in this fake."""
    del account, form
    raise Fault(101, "Unknown command.")


def _fits(session: Json, form: Mapping[str, str]) -> bool:
    ids = form.get("call_session_history_id")
    remote = form.get("remote_number")
    remotes = {each["remote_number"] for each in session["calls"]}
    return (
        (not ids or str(session["call_session_history_id"]) in ids.split(";"))
        and (not remote or bool(remotes & set(remote.split(";"))))
        and form.get("application_name") in (None, session["application_name"])
    )


def _true(text: str | None) -> bool:
    return (text or "").lower() in ("true", "1")


def _number(form: Mapping[str, str], name: str, usual: int) -> int:
    try:
        return int(form.get(name, usual))
    except ValueError:
        raise Fault(111, f"The '{name}' parameter is invalid.") from None
