"""An account at Voximplant: its key, its sessions, and how well its Management API does today."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

Json = dict[str, Any]
WHEN = "%Y-%m-%d %H:%M:%S"
LONGEST_TOKEN = 3600


class Fault(Exception):
    """Answered inside HTTP 200, as `error`."""

    def __init__(self, code: int, msg: str) -> None:
        super().__init__(msg)
        self.code, self.msg = code, msg


@dataclass
class Weather:
    """`down`: 503 in HTML; `busy`: so many requests are answered 429; `html`: a gateway's page instead of JSON."""

    down: bool = False
    busy: int = 0
    html: bool = False


def written(at: datetime) -> str:
    """A moment as the API writes it, UTC."""
    return at.astimezone(UTC).strftime(WHEN)


def read(text: str) -> datetime:
    """A moment as the API reads it."""
    try:
        return datetime.strptime(text, WHEN).replace(tzinfo=UTC)
    except ValueError:
        raise Fault(112, "The 'from_date' or 'to_date' parameter is invalid.") from None


@dataclass
class Account:
    """`sessions` as GetCallHistory answers them, oldest first."""

    account_id: int = 5501
    key_id: str = "4d7a5b3f-0c1e-4f6a-9d2b-7a6f7f5b9e10"
    sessions: list[Json] = field(default_factory=list[Json])
    weather: Weather = field(default_factory=Weather)
    journal: list[Json] = field(default_factory=list[Json])
    clock: Callable[[], float] = time.time
    _key: rsa.RSAPrivateKey = field(
        default_factory=lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048)
    )

    def credentials(self, folder: Path) -> Path:
        """The file of a service account, as the control panel gives it."""
        private = self._key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        file = folder / "credentials.json"
        told = {"account_id": self.account_id, "key_id": self.key_id, "private_key": private.decode()}
        file.write_text(json.dumps(told), encoding="utf-8")
        return file

    def believe(self, header: str) -> None:
        """A JWT of this account's key, fresh and short."""
        try:
            token = header.removeprefix("Bearer ")
            named = jwt.get_unverified_header(token).get("kid")
            said = jwt.decode(
                token, self._key.public_key(), ["RS256"], options={"verify_exp": False, "verify_iat": False}
            )
            fresh = said["iat"] <= self.clock() < said["exp"] and said["exp"] - said["iat"] <= LONGEST_TOKEN
        except (jwt.PyJWTError, KeyError):
            raise Fault(100, "Authorization failed.") from None
        if named != self.key_id or said.get("iss") != str(self.account_id) or not fresh:
            raise Fault(100, "Authorization failed.")

    def had(
        self, session_id: int, at: datetime, *calls: Json, seconds: int = 60, ended: bool = True, **more: Any
    ) -> Json:
        """A session of its scenario. `ended`: it is over; one that runs has no `finish_reason` yet."""
        over = {"finish_reason": "Normal termination", "duration": seconds} if ended else {}
        session: Json = {
            "account_id": self.account_id, "application_id": 77, "application_name": "shop.opblok.voximplant.com",
            "call_session_history_id": session_id, "start_date": written(at), "user_id": 0,
            "initiator_address": "127.0.0.1", "media_server_address": "127.0.0.1", "rule_name": "incoming",
            "custom_data": "", "log_file_url": "", "audio_quality": "Standard", "calls": list(calls), "records": [],
        }  # fmt: skip
        self.sessions.append({**session, **over, **more})
        self.sessions.sort(key=lambda each: (each["start_date"], each["call_session_history_id"]))
        return self.sessions[-1]


def leg(  # noqa: PLR0917 - what a leg is
    call_id: int, at: datetime, remote: str, local: str, seconds: int = 0, kind: str = "pstn", **more: Any
) -> Json:
    """One call of a session; the caller's own has `incoming=True`. `seconds`: connected."""
    code, details = (200, "OK") if seconds else (487, "Request Terminated")
    return {
        "call_id": call_id, "start_time": written(at), "duration": seconds, "local_number": local,
        "remote_number": remote, "remote_number_type": kind, "incoming": False, "successful": bool(seconds),
        "cost": 0.01, "media_server_address": "127.0.0.1", "custom_data": "", "transaction_id": call_id + 1000,
        "end_reason": {"code": code, "details": details}, **more,
    }  # fmt: skip


def record(record_id: int, at: datetime, url: str, seconds: int = 60) -> Json:
    """A recording that belongs to a session."""
    return {
        "record_id": record_id, "record_name": "", "cost": 0.0, "start_time": written(at), "duration": seconds,
        "record_url": url, "file_size": 4000 * seconds,
    }  # fmt: skip
