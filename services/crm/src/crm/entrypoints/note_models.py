"""What is noted of a customer as asked for and shown over HTTP."""

from datetime import datetime
from typing import Annotated

from chassis.http.fields import TYPED, Id
from fastapi import Depends, Request
from kernel.personal import Personal
from pydantic import BaseModel, Field, StringConstraints

from crm.application.noting import Noting
from crm.domain import noting as rules
from crm.domain.customer import Customer
from crm.domain.note_form import NoteForm
from crm.domain.notes import SPIN, Part
from crm.entrypoints.customer_models import Asked, Code, LookIn
from crm.entrypoints.phones import personal

NoteText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000, pattern=rf"^{TYPED}*$")]


class NotesIn(Asked):
    """What is left out stays; null, or an empty text, takes it away. Personal; kept encrypted."""

    customer_type: Code | None = Field(
        None, description="One of the shop's types, where it keeps any (R109)."
    )
    situation: NoteText | None = Field(None, description="SPIN: what there is now (R111).")
    problem: NoteText | None = Field(None, description="SPIN: what is in the way.")
    implication: NoteText | None = Field(None, description="SPIN: what comes of it.")
    need_payoff: NoteText | None = Field(None, description="SPIN: what a solution would be worth.")
    revision: int | None = Field(
        None, ge=0, description="Of the notes you have seen; refused where somebody wrote since."
    )

    def said(self) -> dict[Part, Personal | None]:
        """The parts that are otherwise from now on."""
        given = {part: getattr(self, part.value) for part in Part if part.value in self.model_fields_set}
        return {part: personal(text) for part, text in given.items()}


class NotesLookIn(LookIn):
    """`reason` is kept, sealed, with who looked."""

    staff_id: Id | None = Field(
        None, description="For whom a service asks; the look is his. Of others passed over."
    )


class TypeOut(BaseModel):
    """A type of customers; its words are null where the shop has it no more."""

    code: str
    ru: str | None
    en: str | None
    advice_ru: str | None = Field(description="How to talk with him (R110).")
    advice_en: str | None


class NoteOut(BaseModel):
    part: str = Field(description="`customer_type`, `situation`, `problem`, `implication`, `need_payoff`.")
    text: str
    by: str
    at: datetime


class PromptOut(BaseModel):
    """What to ask for a note."""

    part: str
    ru: str
    en: str


class WrittenOut(BaseModel):
    """Somebody wrote these parts, or took them away."""

    at: datetime
    by: str
    parts: list[str]


class NotesOut(BaseModel):
    """All that is noted of him."""

    customer_id: str
    revision: int
    customer_type: TypeOut | None
    notes: list[NoteOut] = Field(description="The SPIN notes that there are.")
    prompts: list[PromptOut]
    written: list[WrittenOut] = Field(description="Who wrote when, the newest first; the last fifty.")


class NotedOut(BaseModel):
    """That something is noted, without the words (services)."""

    customer_type: TypeOut | None
    notes: list[str] = Field(description="Which of the four there are.")
    by: str
    at: datetime


async def noting(request: Request) -> Noting:
    """The wired use cases."""
    return request.app.state.noting


Notes = Annotated[Noting, Depends(noting)]


def type_out(code: str | None, form: NoteForm) -> TypeOut | None:
    """In the words of the shop."""
    if code is None:
        return None
    found = form.named(code)
    if found is None:
        return TypeOut(code=code, ru=None, en=None, advice_ru=None, advice_en=None)
    return TypeOut(
        code=code,
        ru=found.name.ru,
        en=found.name.en,
        advice_ru=found.advice.ru or None,
        advice_en=found.advice.en or None,
    )


def noted(customer: Customer) -> list[NoteOut]:
    """Each part that there is."""
    return [
        NoteOut(part=part.value, text=note.text.value, by=note.by, at=note.at)
        for part, note in rules.notes_of(customer).items()
    ]


def notes_out(customer: Customer, form: NoteForm) -> NotesOut:
    """As answered to who may read."""
    return NotesOut(
        customer_id=customer.customer_id,
        revision=customer.notes_revision,
        customer_type=type_out(rules.type_of(customer), form),
        notes=[each for each in noted(customer) if each.part != Part.CUSTOMER_TYPE],
        prompts=[
            PromptOut(part=part.value, ru=form.prompts[part].ru, en=form.prompts[part].en)
            for part in SPIN
            if part in form.prompts
        ],
        written=[
            WrittenOut(at=each.at, by=each.by, parts=[part.value for part in each.parts])
            for each in reversed(customer.written)
        ],
    )


def noted_out(customer: Customer, form: NoteForm) -> NotedOut | None:
    """As telephony knows of it."""
    last = rules.latest(customer)
    if last is None:
        return None
    there = rules.notes_of(customer)
    return NotedOut(
        customer_type=type_out(rules.type_of(customer), form),
        notes=[part.value for part in SPIN if part in there],
        by=last.by,
        at=last.at,
    )
