"""Asking claims for the words of a letter, over HTTP with our own token."""

from dataclasses import dataclass
from http import HTTPStatus

from chassis.peers import Peer, PeerDown, PeerRefused
from kernel.personal import Personal
from pydantic import BaseModel, ValidationError

from notifications.application.asking_others import ClaimsDown, LetterText
from notifications.application.contact import Withheld
from notifications.domain.message import Letter
from notifications.domain.words import Language


class _Text(BaseModel):
    language: str = "ru"
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class ClaimsLetter:
    """`GET /claims/{id}/letters/{id}/text`. Its 404 and 409 are final; another no is a grant to be put right."""

    claims: Peer

    async def __call__(self, letter: Letter) -> LetterText:
        path = f"/claims/{letter.claim_id}/letters/{letter.letter_id}/text"
        try:
            told = _Text.model_validate(await self.claims.get(path))
        except PeerDown as down:
            raise ClaimsDown(str(down)) from None
        except PeerRefused as no:
            if no.status in {HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT}:
                raise Withheld("letter_refused") from None
            raise ClaimsDown(f"claims answered {no.status}") from None
        except ValidationError:
            raise ClaimsDown("claims answered what is no letter") from None
        language = Language(told.language) if told.language in set(Language) else Language.RU
        return LetterText(language, Personal(told.subject), Personal(told.text))
