"""The questions of the call and the survey, as the shop words them (R13, R84)."""

from enum import StrEnum
from typing import Annotated

from chassis.chassis import Listing
from chassis.http.asking import Asking, Who
from chassis.http.fields import Line
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from fastapi import APIRouter, Depends, Request
from kernel.refused_duty import NotYourDuty
from pydantic import BaseModel, Field, StringConstraints

from quality.application.scripting import Scripting
from quality.domain import refusals as no
from quality.domain.scripting import SaveScript, Script
from quality.entrypoints.models import Asked

router = APIRouter(prefix="/scripts", tags=["scripts"])


Name = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}$")]


class Language(StrEnum):
    """The customer's."""

    RU = "ru"
    EN = "en"


class ScriptIn(Asked):
    """All questions, by name; `seen` is the version you had before you, 0 for what is shipped."""

    questions: dict[Name, Line] = Field(max_length=20)
    seen: int = Field(ge=0, le=1_000_000)


class ScriptOut(BaseModel):
    language: Language
    version: int
    questions: dict[str, str]


class ScriptsOut(BaseModel):
    items: list[ScriptOut]


async def scripting_of(request: Request) -> Scripting:
    """The wired use case."""
    return request.app.state.scripting


async def scripts_of(request: Request) -> Listing[Script]:
    """Where scripts are kept."""
    return request.app.state.scripts


Scripts = Annotated[Scripting, Depends(scripting_of)]


@router.get("")
async def read_scripts(actor: Who, scripting: Scripts) -> ScriptsOut:
    """What is asked, in each language."""
    del actor
    found = [await scripting.of(each.value) for each in Language]
    items = [
        ScriptOut(language=Language(each.language), version=each.newest, questions=dict(each.questions))
        for each in found
    ]
    return ScriptsOut(items=items)


@router.put("/{language}", responses=refusals(NotYourDuty, no.ScriptUnfit, no.ScriptChangedSince))
async def save_script(language: Language, body: ScriptIn, asked: Asking, scripting: Scripts) -> ReceiptOut:
    """Another version, looked through first: what offers something or leads to its answer is not taken."""
    command = SaveScript(language.value, body.questions, body.seen, asked.actor, asked.at)
    return receipt(await scripting(command, asked.occasion(body)))


@router.get("/{language}/timeline")
async def read_timeline(
    language: Language, actor: Who, scripts: Annotated[Listing[Script], Depends(scripts_of)]
) -> TimelineOut:
    """Who worded it, when; empty while what we ship is asked."""
    del actor
    return timeline(language.value, await scripts.history(language.value))
