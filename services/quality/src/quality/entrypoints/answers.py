"""What customers answered: written down by who asked, read by who may (R8)."""

from chassis.http.asking import Asking
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from fastapi import APIRouter

from quality.domain import refusals as no
from quality.entrypoints.calls import NOT_HIS, CallId, Callings
from quality.entrypoints.models import AnswersIn, AnswersOut, answers_out

router = APIRouter(prefix="/calls", tags=["answers"])


@router.post(
    "/{call_id}/answers",
    responses=refusals(*NOT_HIS, no.CallClosed, no.CallNotOpened, no.NpsAskedLately),
)
async def record_answers(call_id: CallId, body: AnswersIn, asked: Asking, calling: Callings) -> ReceiptOut:
    """What the customer said; for ever (R90)."""
    return receipt(await calling.record(call_id, asked.actor, body.answers(), asked.occasion(body)))


@router.get("/{call_id}/answers", responses=refusals(*NOT_HIS, no.NothingAnswered))
async def read_answers(call_id: CallId, asked: Asking, calling: Callings) -> AnswersOut:
    """For the controller and the owner alone; an attempt of somebody else's is told as `duty.refused` (R8)."""
    return answers_out(await calling.read(call_id, asked.actor, asked.occasion()))
