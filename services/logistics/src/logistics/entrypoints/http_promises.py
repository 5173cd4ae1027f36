"""What can be promised, over HTTP (R65-R68)."""

from chassis.http.asking import Asking
from fastapi import APIRouter

from logistics.entrypoints.difficult_models import warning_out
from logistics.entrypoints.http_difficult import Cautions
from logistics.entrypoints.promise_models import CheckOut, WishIn, checked
from logistics.entrypoints.wired import Asker, Promises

router = APIRouter(tags=["promises"])


@router.post("/promises:check")
async def check_promise(
    body: WishIn, actor: Asker, asked: Asking, promising: Promises, cautioning: Cautions
) -> CheckOut:
    """Whether this can be promised, what comes nearest to it, and who of them is difficult (R74). Never reserves anything."""
    del actor
    found = checked(await promising.check(body.wish(), asked.at))
    promises = [*([found.promise] if found.promise else []), *found.options]
    carriers = [each.carrier_id for each in promises]
    flagged = await cautioning.warnings(body.customer_id, carriers, asked.at)
    return found.model_copy(update={"warnings": [warning_out(each) for each in flagged]})
