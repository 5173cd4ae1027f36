"""How CDEK answers: an entity with the requests made upon it, and their errors. https://api-docs.cdek.ru (v2)."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, cast
from uuid import uuid4

MOSCOW = timezone(timedelta(hours=3))
Error = tuple[str, str]
Json = dict[str, Any]


class Fault(Exception):
    """A request that is refused at once: HTTP status, CDEK's code and its text; `kind` is the type of the request."""

    def __init__(self, code: str, text: str = "", *, status: int = 400, kind: str = "GET") -> None:
        super().__init__(code)
        self.code, self.text, self.status, self.kind = code, text, status, kind

    def body(self, at: float) -> Json:
        return {"requests": [request(self.kind, "INVALID", at, [(self.code, self.text)])]}


def written(at: float, zone: Any = UTC) -> str:
    """A moment as the API writes it: an offset without a colon."""
    return datetime.fromtimestamp(int(at), zone).strftime("%Y-%m-%dT%H:%M:%S%z")


def request(kind: str, state: str, at: float, errors: Sequence[Error] = ()) -> Json:
    """One request upon an entity: ACCEPTED, WAITING, SUCCESSFUL or INVALID."""
    told: Json = {"request_uuid": str(uuid4()), "type": kind, "date_time": written(at), "state": state}
    if errors:
        told["errors"] = [{"code": code, "message": text} for code, text in errors]
    return told


def accepted(uuid: str, kind: str, at: float) -> Json:
    """What is answered, 202, to everything that is worked on later."""
    return {
        "entity": {"uuid": uuid},
        "requests": [request(kind, "ACCEPTED", at)],
        "related_entities": list[Any](),
    }


def mapping(value: Any) -> Json:
    """A value as an object, empty where it is none."""
    return dict(cast("Mapping[str, Any]", value)) if isinstance(value, Mapping) else {}


def many(value: Any) -> list[Json]:
    """A value as a list of objects, empty where it is none."""
    return [mapping(each) for each in cast("list[Any]", value)] if isinstance(value, list) else []
