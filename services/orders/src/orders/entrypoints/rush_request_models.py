"""Requests besides the order, and the ready answers to them, as asked and answered over HTTP."""

from datetime import datetime
from typing import Annotated

from chassis.http.fields import Id, Words
from pydantic import BaseModel, Field, StringConstraints, model_validator

from orders.domain.rush_catalogue import LEGAL, Answer, Entry, Ready, Sort
from orders.domain.rush_requests import Request
from orders.entrypoints.models import Asked, Code
from orders.entrypoints.rush_policies import WordsOut

Say = Annotated[Words, StringConstraints(min_length=1, max_length=600)]


class SaidIn(Asked):
    ru: Say
    en: Say


class ReadyIn(Asked):
    """A ready answer, with its polite words in both languages."""

    answer: Answer
    words: SaidIn

    def ready(self) -> Ready:
        """In the words of the rules."""
        return Ready(self.answer, self.words.ru, self.words.en)


class EntryIn(Asked):
    kind: Code
    sort: Sort = Sort.COURTESY
    usual: ReadyIn
    rush: ReadyIn


class CatalogueIn(Asked):
    """The whole catalogue; duties of the law that are left out stay as they are."""

    shop_id: Id = "main"
    entries: list[EntryIn] = Field(max_length=100)

    @model_validator(mode="after")
    def once_each(self) -> "CatalogueIn":
        """A kind has one answer."""
        if len({each.kind for each in self.entries}) < len(self.entries):
            raise ValueError("a kind stands there twice")
        return self

    def in_words(self) -> tuple[Entry, ...]:
        """In the words of the rules."""
        return tuple(
            Entry(each.kind, each.sort, each.usual.ready(), each.rush.ready()) for each in self.entries
        )


class ReadyOut(BaseModel):
    answer: str
    words: WordsOut


class EntryOut(BaseModel):
    """`law`: where a duty stands that is never answered by a no."""

    kind: str
    sort: str
    law: str | None
    usual: ReadyOut
    rush: ReadyOut


class CatalogueOut(BaseModel):
    shop_id: str
    entries: list[EntryOut]


class RequestIn(Asked):
    kind: Code = Field(examples=["bring_to_metro"])


class RequestOut(BaseModel):
    """The answer, and the words to say it in."""

    request_id: str
    order_id: str
    kind: str
    answer: str
    words: WordsOut
    in_rush: bool
    by: str
    at: datetime


def entry_out(entry: Entry) -> EntryOut:
    return EntryOut(
        kind=entry.kind,
        sort=Sort.LEGAL_DUTY if entry.is_legal_duty else entry.sort,
        law=LEGAL.get(entry.kind),
        usual=_ready_out(entry.usual),
        rush=_ready_out(entry.rush),
    )


def _ready_out(ready: Ready) -> ReadyOut:
    return ReadyOut(answer=ready.answer, words=WordsOut(ru=ready.ru, en=ready.en))


def request_out(request: Request) -> RequestOut:
    return RequestOut(
        request_id=request.request_id,
        order_id=request.order_id,
        kind=request.kind,
        answer=request.ready.answer,
        words=WordsOut(ru=request.ready.ru, en=request.ready.en),
        in_rush=request.in_rush,
        by=request.by,
        at=request.at,
    )
