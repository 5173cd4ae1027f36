"""What can be promised, over HTTP (R65-R68)."""

from chassis.http.asking import Asking
from fastapi import APIRouter

from logistics.entrypoints.promise_models import CheckOut, WishIn, checked
from logistics.entrypoints.wired import Asker, Promises

router = APIRouter(tags=["promises"])


@router.post("/promises:check")
async def check_promise(body: WishIn, actor: Asker, asked: Asking, promising: Promises) -> CheckOut:
    """Whether this can be promised, and what comes nearest to it. Never reserves anything."""
    del actor
    return checked(await promising.check(body.wish(), asked.at))
