"""Customers of whom something is noted, over HTTP."""

from typing import Any

from kernel.actor import Actor, Role

ANNA = Actor("anna", frozenset({Role.SALES_MANAGER}), shop_id="main")
CLERK = Actor("clerk", frozenset({Role.OFFICE_ADMINISTRATOR}), shop_id="main")
ORDERS = Actor("service:orders", frozenset({Role.SERVICE}))
HERS, OTHER = "+79161234567", "+74951234567"
SAID: dict[str, Any] = {"situation": "sews for a theatre", "problem": "the thread tears"}


async def known(crm: Any, phone: str = HERS) -> str:
    found = await crm.ask("POST", "/customers:resolve", {"phone": phone}, by=ORDERS)
    crm.news()
    return found["customer_id"]


async def write(
    crm: Any, who: str, *, status: int = 200, by: Actor = ANNA, key: str | None = None, **said: Any
) -> Any:
    return await crm.ask("POST", f"/customers/{who}/notes", said, by=by, status=status, key=key)


async def read(crm: Any, who: str, *, status: int = 200, by: Actor = ANNA, **more: Any) -> Any:
    body = {"reason": "she rings", **more}
    return await crm.ask("POST", f"/customers/{who}/notes:read", body, by=by, status=status)


async def keeps_types(crm: Any, **more: Any) -> None:
    await crm.ask("PUT", "/shops/main/note-form", {"keeps_types": True, **more})
    crm.news()
