"""Incidents as shown. Free words are for people here, and never told further."""

from datetime import datetime

from pydantic import BaseModel, Field

from logistics.domain.incident import Incident, Inquiry, Mark, Payer, Stage, Tick
from logistics.domain.incident_commands import Pace
from logistics.domain.incident_escalating import chasing, ready_answer
from logistics.domain.incident_trouble import Source
from logistics.entrypoints.incident_money_shown import EmergencyOut, OwedOut, emergency_out, owed_out
from logistics.entrypoints.promise_models import said
from logistics.entrypoints.values import MoneyIO, WordsOut, amount


class TickOut(BaseModel):
    code: str
    mark: Mark
    by: str | None
    at: datetime | None
    reason: str | None


class InquiryOut(BaseModel):
    text: str
    by: str
    at: datetime
    reply_due: datetime
    answer: str | None
    answered_at: datetime | None


class SourceNoteOut(BaseModel):
    was: Source
    reason: str
    by: str
    at: datetime


class IncidentOut(BaseModel):
    incident_id: str
    shop_id: str
    kind: str
    source: Source
    stage: Stage
    owner_id: str
    level: int
    due_at: datetime | None
    opened_by: str
    opened_at: datetime
    happened_at: datetime
    carrier_id: str | None
    order_id: str | None
    shipment_id: str | None
    attempt: int
    at_stake: MoneyIO
    payer: Payer
    lost: MoneyIO
    recovered: MoneyIO
    penalty: MoneyIO = Field(description="What the carrier is asked for by his terms (R70).")
    cause: str | None
    measure: str | None
    customer_kept: bool | None
    source_confirmed: bool
    closed_at: datetime | None
    reopened: int


class IncidentWholeOut(IncidentOut):
    """`customer_answer`: what the customer is told while the promised window is still open (R57)."""

    note: str | None
    playbook_version: int
    steps: list[TickOut]
    ladder: list[str] = Field(description="Contact references, the first level first.")
    inquiry: InquiryOut | None
    source_changes: list[SourceNoteOut]
    customer_answer: WordsOut | None
    owed: OwedOut | None
    penalty_let_go: str | None
    emergency: EmergencyOut | None


def incident_out(it: Incident) -> IncidentOut:
    """An incident in a list."""
    trouble, ended = it.trouble, it.settlement
    return IncidentOut.model_construct(
        incident_id=it.incident_id,
        shop_id=trouble.shop_id,
        kind=it.kind,
        source=it.source,
        stage=it.stage,
        owner_id=it.owner_id,
        level=it.level,
        due_at=it.due_at if it.is_open else None,
        opened_by=it.opened_by,
        opened_at=it.opened_at,
        happened_at=trouble.happened_at,
        carrier_id=trouble.carrier_id,
        order_id=trouble.order_id,
        shipment_id=trouble.shipment_id,
        attempt=trouble.attempt,
        at_stake=amount(it.sums.at_stake),
        payer=it.sums.payer,
        lost=amount(it.sums.lost),
        recovered=amount(it.sums.recovered),
        penalty=amount(it.sums.penalty),
        cause=ended.cause if ended else None,
        measure=ended.measure if ended else None,
        customer_kept=ended.customer_kept if ended else None,
        source_confirmed=it.source_confirmed,
        closed_at=it.closed_at,
        reopened=it.reopened,
    )


def whole(it: Incident, pace: Pace, at: datetime) -> IncidentWholeOut:
    """An incident with all that lies sealed."""
    window = chasing(it, pace, at) if it.is_open else None
    return IncidentWholeOut.model_construct(
        **dict(incident_out(it)),
        note=it.note,
        playbook_version=it.playbook_version,
        steps=[_tick(each) for each in it.steps],
        ladder=[each.contact_ref for each in it.rungs],
        inquiry=_inquiry(it.inquiry) if it.inquiry else None,
        source_changes=[
            SourceNoteOut(was=each.was, reason=each.reason, by=each.by, at=each.at)
            for each in it.source_changes
        ],
        customer_answer=said(ready_answer(window)) if window else None,
        owed=owed_out(it.owed) if it.owed else None,
        penalty_let_go=it.settlement.let_go if it.settlement else None,
        emergency=emergency_out(it.emergency) if it.emergency else None,
    )


def _tick(tick: Tick) -> TickOut:
    return TickOut(code=tick.code, mark=tick.mark, by=tick.by, at=tick.at, reason=tick.reason)


def _inquiry(asked: Inquiry) -> InquiryOut:
    return InquiryOut(
        text=asked.text,
        by=asked.by,
        at=asked.at,
        reply_due=asked.reply_due,
        answer=asked.answer,
        answered_at=asked.answered_at,
    )
