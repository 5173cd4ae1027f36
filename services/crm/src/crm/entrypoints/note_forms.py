"""How a shop notes its customers, over HTTP: its types with signs and advice, what to ask (R109-R111)."""

from typing import Annotated

from chassis.handling import Handler
from chassis.http.asking import Asking
from chassis.http.fields import Line
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from fastapi import APIRouter, Depends, Request
from kernel.refused_duty import NotYourDuty
from pydantic import Field

from crm.domain import note_form as nf
from crm.domain.notes import SPIN
from crm.domain.refusals import NoteFormMakesNoSense
from crm.entrypoints.customer_models import Asked, Code
from crm.entrypoints.note_models import Notes
from crm.entrypoints.shops import ShopId
from crm.entrypoints.staff_models import Reader

router = APIRouter(prefix="/shops/{shop_id}/note-form", tags=["notes on customers"])
Describe = Handler[nf.DescribeForm, nf.NoteForm, nf.Change]


class WordsIO(Asked):
    """In both languages."""

    ru: Line
    en: Line

    def words(self) -> nf.InWords:
        """As kept."""
        return nf.InWords(self.ru, self.en)


class TypeIO(Asked):
    """A type of customers."""

    code: Code
    name: WordsIO
    signs: WordsIO = Field(description="How he is told (R109).")
    advice: WordsIO = Field(description="How to talk with him (R110).")


class PromptsIO(Asked):
    """What to ask for each note (R111)."""

    situation: WordsIO
    problem: WordsIO
    implication: WordsIO
    need_payoff: WordsIO


def _words(of: nf.InWords) -> WordsIO:
    return WordsIO(ru=of.ru, en=of.en)


def _prompts(form: nf.NoteForm) -> PromptsIO:
    return PromptsIO(**{part.value: _words(form.prompts[part]) for part in SPIN})


def _types(form: nf.NoteForm) -> list[TypeIO]:
    return [
        TypeIO(code=each.code, name=_words(each.name), signs=_words(each.signs), advice=_words(each.advice))
        for each in form.types
    ]


class FormIO(Asked):
    """What is left out is as usual: no types kept, the usual ones if they are, the usual questions."""

    keeps_types: bool = Field(
        default=False, description="Typing is profiling of a person: off unless the shop says so (R109)."
    )
    types: list[TypeIO] = Field(default_factory=lambda: _types(nf.usual("")), max_length=nf.MOST_TYPES)
    prompts: PromptsIO = Field(default_factory=lambda: _prompts(nf.usual("")))


async def described(request: Request) -> Describe:
    """The wired handler."""
    return request.app.state.describe_form


Describes = Annotated[Describe, Depends(described)]


@router.get("")
async def read_form(shop_id: ShopId, actor: Reader, notes: Notes) -> FormIO:
    """As the shop described it, else the usual one."""
    del actor
    form = await notes.form_of(shop_id)
    return FormIO(keeps_types=form.keeps_types, types=_types(form), prompts=_prompts(form))


@router.put("", responses=refusals(NotYourDuty, NoteFormMakesNoSense))
async def describe_form(shop_id: ShopId, body: FormIO, asked: Asking, describe: Describes) -> ReceiptOut:
    """The form from now on, whole. Where types are kept no more, those that are noted go within a minute."""
    form = nf.NoteForm(
        shop_id,
        body.keeps_types,
        tuple(
            nf.CustomerType(each.code, each.name.words(), each.signs.words(), each.advice.words())
            for each in body.types
        ),
        {part: getattr(body.prompts, part.value).words() for part in SPIN},
    )
    return receipt(await describe(nf.DescribeForm(form, asked.actor), asked.occasion(body)))
