"""Voximplant's call history through the vendor's client (GetCallHistory; bitrix24-voximplant.md B4)."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

import httpx
from voximplant.apiclient import VoximplantAPI, VoximplantException

from telephony_router.application.reconciling import HistoryDown
from telephony_router.domain.session_history import PastLeg, PastSession

PAGE = 100
WITHIN = 30.0


class Client(VoximplantAPI):
    """The vendor's, which by itself waits for an answer for ever and knows one scheme alone."""

    def __init__(self, credentials: Path, site: str) -> None:
        super().__init__(str(credentials))
        self.site = site

    def _perform_request(self, cmd: str, args: Mapping[str, Any]) -> Any:
        form = {**self._form_params(args), "cmd": cmd}
        headers = {"Authorization": self.build_auth_header()}
        answer = httpx.post(f"{self.site}/platform_api", data=form, headers=headers, timeout=WITHIN)
        if answer.status_code != HTTPStatus.OK:
            raise HistoryDown(f"the call history answered {answer.status_code}")
        return answer.json()


@dataclass(frozen=True, slots=True)
class VoximplantHistory:
    """`credentials`: file of a service account, read at each asking, so that a new key needs no restart. `application`: only
    its sessions; None: all of the account.
    """

    credentials: Path
    site: str
    application: str | None

    async def page(self, since: datetime, until: datetime, offset: int) -> tuple[Sequence[PastSession], bool]:
        """The client blocks, so it has a thread; it ends by its own time limit."""
        try:
            answer = await asyncio.to_thread(self._asked, since, until, offset)
            found = [session_of(each) for each in answer["result"]]
        except VoximplantException as no:
            raise HistoryDown(f"the call history answered the error {no.code}") from None
        except (httpx.HTTPError, OSError) as fault:
            raise HistoryDown(f"the call history does not answer: {type(fault).__name__}") from None
        except (ValueError, KeyError, TypeError, AttributeError) as wrong:
            raise HistoryDown(f"the call history can't be read: {type(wrong).__name__}") from None
        return found, len(found) == PAGE

    def _asked(self, since: datetime, until: datetime, offset: int) -> dict[str, Any]:
        return Client(self.credentials, self.site).get_call_history(
            from_date=since, to_date=until, application_name=self.application,
            with_calls=True, with_records=True, desc_order=False, count=PAGE, offset=offset,
        )  # fmt: skip


def session_of(said: Mapping[str, Any]) -> PastSession:
    """A session as the history answers it; one that runs has no reason of its end yet."""
    over = said.get("finish_reason") and said.get("duration") is not None
    ended_at = said["start_date"] + timedelta(seconds=said["duration"]) if over else None
    calls, records = said.get("calls") or (), said.get("records") or ()
    urls = [each.get("record_url") for each in (*records, *calls)]
    return PastSession(
        str(said["call_session_history_id"]),
        ended_at,
        tuple(_leg(each) for each in calls),
        tuple(str(url) for url in urls if url),
    )


def _leg(said: Mapping[str, Any]) -> PastLeg:
    seconds = int(said.get("duration") or 0) if said.get("successful") else 0
    return PastLeg(
        bool(said.get("incoming")),
        str(said.get("local_number") or ""),
        str(said.get("remote_number") or ""),
        said["start_time"],
        seconds,
    )
