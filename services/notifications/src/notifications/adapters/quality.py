"""Asking quality for the link of a survey, over HTTP with our own token."""

from dataclasses import dataclass
from http import HTTPStatus

from chassis.peers import Peer, PeerDown, PeerRefused
from kernel.personal import Personal
from pydantic import BaseModel, ValidationError

from notifications.application.asking_others import NothingToTell, QualityDown


class _Link(BaseModel):
    link: str


@dataclass(frozen=True, slots=True)
class QualityLink:
    """`GET /calls/{id}/link`. 404: there is none, 409: it is answered; another no is a grant to be put right."""

    quality: Peer

    async def __call__(self, call_id: str) -> Personal:
        try:
            return Personal(_Link.model_validate(await self.quality.get(f"/calls/{call_id}/link")).link)
        except PeerDown as down:
            raise QualityDown(str(down)) from None
        except PeerRefused as no:
            if no.status in {HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT}:
                answered = no.status == HTTPStatus.CONFLICT
                raise NothingToTell("answered" if answered else "no_link") from None
            raise QualityDown(f"quality answered {no.status}") from None
        except ValidationError:
            raise QualityDown("quality answered what is no link") from None
