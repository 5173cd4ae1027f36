"""What a row of the portal means in crm: phones in one form, a name, who answers; and what is wrong with it. Pure.

A portal keeps what people typed (shared reference A5.3, A1.8): numbers as strings, phones in any spelling, empty objects as lists.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from kernel.personal import Personal
from kernel.phone import NotAPhone, Phone

MOST_PHONES = 10
NO_PHONE = "no_phone"
BAD_PHONE = "bad_phone"
TOO_MANY_PHONES = "too_many_phones"


class NotARow(ValueError):
    """It can't be read at all; the text says which column, never what stood there."""


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A contact. `user_id`: who answers for him in the portal. `digest`: keyed, of all that crm takes over."""

    number: int
    user_id: str | None
    name: Personal | None
    phones: tuple[Phone, ...]
    problems: tuple[str, ...]
    digest: str
    modified_at: datetime | None


@dataclass(frozen=True, slots=True)
class UserRow:
    """A user of the portal, as far as crm keeps him."""

    user_id: str
    active: bool
    extension: str | None
    mobile: Phone | None
    name: Personal | None


def contact_row(row: Mapping[str, Any], key: bytes) -> ContactRow:
    """A row of crm.contact.list or .get. `key`: of the digest."""
    number, user_id = identifier(row.get("ID")), str(row.get("ASSIGNED_BY_ID") or "") or None
    name = _named(row)
    phones, problems = phones_of(row.get("PHONE"))
    told = json.dumps([name, [(phone.e164, phone.extension) for phone in phones], list(problems)])
    return ContactRow(
        number,
        user_id,
        Personal(name) if name else None,
        phones,
        problems,
        hmac.new(key, told.encode(), hashlib.sha256).hexdigest()[:32],
        moment(row.get("DATE_MODIFY")),
    )


def phones_of(given: Any) -> tuple[tuple[Phone, ...], tuple[str, ...]]:
    """His phones, each once, and what was wrong with some."""
    phones: dict[str, Phone] = {}
    problems: list[str] = []
    for each in cast("list[Any]", given) if isinstance(given, list) else []:
        raw = cast("Mapping[str, Any]", each).get("VALUE") if isinstance(each, Mapping) else None
        try:
            phone = Phone.parse(str(raw or "").split("#")[0])
        except NotAPhone:
            problems.append(BAD_PHONE)
        else:
            phones.setdefault(phone.e164, phone)
    if len(phones) > MOST_PHONES:
        problems.append(TOO_MANY_PHONES)
    if not phones:
        problems.append(NO_PHONE)
    return tuple(phones.values())[:MOST_PHONES], tuple(dict.fromkeys(problems))


def user_row(row: Mapping[str, Any]) -> UserRow:
    """A row of user.get: ACTIVE may be a truth value or a word; phones are what people typed."""
    mobile = next((row[column] for column in ("PERSONAL_MOBILE", "WORK_PHONE") if row.get(column)), None)
    extension = str(row.get("UF_PHONE_INNER") or "").strip()[:20]
    return UserRow(
        str(identifier(row.get("ID"))),
        _truth(row.get("ACTIVE")),
        extension or None,
        _phone(mobile),
        Personal(_named(row)) if _named(row) else None,
    )


def identifier(given: Any) -> int:
    """An id of the portal: digits, in a string or not."""
    text = str(given)
    if not text.isascii() or not text.isdecimal() or len(text) > 15:  # noqa: PLR2004 - beyond it no portal counts
        raise NotARow("ID")
    return int(text)


def moment(given: Any) -> datetime | None:
    """ISO 8601 with an offset; what is none leaves the moment unknown (dates may leak as `{}`)."""
    try:
        at = datetime.fromisoformat(given) if isinstance(given, str) else None
    except ValueError:
        return None
    return at if at is not None and at.tzinfo is not None else None


def _named(row: Mapping[str, Any]) -> str:
    words = [str(row.get(column) or "").strip() for column in ("NAME", "SECOND_NAME", "LAST_NAME")]
    return " ".join(word for word in words if word)[:200]


def _truth(given: Any) -> bool:
    return given in (True, 1, "Y", "1", "true")


def _phone(raw: Any) -> Phone | None:
    try:
        return Phone.parse(str(raw)) if raw else None
    except NotAPhone:
        return None
