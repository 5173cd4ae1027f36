"""The words to customers: read, previewed, written (R33)."""

from typing import Annotated

from chassis.chassis import Listing
from chassis.http.asking import Asking, asked_by
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from fastapi import APIRouter, Depends, Request
from kernel.action import Action
from kernel.actor import Actor
from kernel.duties import DUTIES
from kernel.refused_duty import NotYourDuty

from notifications.application.previewing import CannotBeFilledIn, OrderUnknown, Previewing
from notifications.application.templates import Templates, key_of
from notifications.domain import template as t
from notifications.domain.refusals import TemplateChangedSince, TemplateUnfit, UnknownTemplate
from notifications.domain.words import Language, Template
from notifications.entrypoints.messages import Reader
from notifications.entrypoints.models import (
    PreviewIn,
    PreviewOut,
    RestoreIn,
    TemplateIn,
    TemplateOut,
    TemplatesOut,
)

router = APIRouter(prefix="/templates", tags=["templates"])

WRITERS = asked_by(*sorted(DUTIES[Action.WRITE_TEMPLATE].roles))
Writer = Annotated[Actor, Depends(WRITERS)]


async def templates_of(request: Request) -> Templates:
    """The wired use cases."""
    return request.app.state.templates


async def previewing(request: Request) -> Previewing:
    """The wired use case."""
    return request.app.state.previewing


async def templates_kept(request: Request) -> Listing[t.Template]:
    """Where templates are kept."""
    return request.app.state.templates_kept


InForce = Annotated[Templates, Depends(templates_of)]
Kept = Annotated[Listing[t.Template], Depends(templates_kept)]


@router.get("")
async def list_templates(actor: Reader, templates: InForce) -> TemplatesOut:
    """All occasions in all languages, as they are sent now."""
    del actor
    return TemplatesOut(
        items=[await _shown(templates, name, language) for name in Template for language in Language]
    )


@router.get("/{name}")
async def read_template(
    name: Template, actor: Reader, templates: InForce, language: Language = Language.RU
) -> TemplateOut:
    """One of them."""
    del actor
    return await _shown(templates, name, language)


@router.put("/{name}", responses=refusals(NotYourDuty, TemplateUnfit, TemplateChangedSince))
async def write_template(name: Template, body: TemplateIn, asked: Asking, templates: InForce) -> ReceiptOut:
    """Save another version, which is sent from now on; checked first (R33)."""
    saved = await templates.save(
        name, body.language, body.texts(), body.seen, asked.actor, asked.occasion(body)
    )
    return receipt(saved)


@router.post("/{name}:restore", responses=refusals(NotYourDuty, UnknownTemplate, TemplateUnfit))
async def restore_template(name: Template, body: RestoreIn, asked: Asking, templates: InForce) -> ReceiptOut:
    """Save an older version, or what is shipped, as the newest."""
    texts = await templates.version(name, body.language, body.version)
    seen, _ = await templates.in_force(name, body.language)
    return receipt(await templates.save(name, body.language, texts, seen, asked.actor, asked.occasion(body)))


@router.post("/{name}:preview", responses=refusals(CannotBeFilledIn, OrderUnknown))
async def preview_template(
    name: Template, body: PreviewIn, actor: Writer, preview: Annotated[Previewing, Depends(previewing)]
) -> PreviewOut:
    """As a customer would read it; nothing is sent. Links to answer by are not the real ones."""
    del actor
    seen = await preview(name, body.language, body.draft.texts() if body.draft else None, body.order_id)
    words = seen.words
    return PreviewOut(
        sms=words.sms,
        segments=seen.segments,
        subject=words.subject,
        text=words.text,
        html=words.html,
        faults=seen.faults,
    )


@router.get("/{name}/timeline")
async def read_template_timeline(
    name: Template, actor: Reader, kept: Kept, language: Language = Language.RU
) -> TimelineOut:
    """Who wrote it, and when; empty as long as it is the shipped one."""
    del actor
    key = key_of(name, language)
    return timeline(key, await kept.history(key))


async def _shown(templates: Templates, name: Template, language: Language) -> TemplateOut:
    number, texts = await templates.in_force(name, language)
    return TemplateOut(
        name=name,
        language=language,
        version=number,
        sms=texts.sms,
        subject=texts.subject,
        email=texts.email,
    )
