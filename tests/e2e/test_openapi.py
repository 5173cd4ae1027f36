"""Whatever a caller sends, within the OpenAPI document of a service or beyond it: never a 5xx, never an answer that the
document does not tell of. After the stories, since it leaves nothing as it was.
"""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any, cast
from uuid import uuid4

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from opblok.stack.settings import SERVICES
from schemathesis import GenerationMode

from bench.killing.evidence import Outside
from bench.own_stack import OwnStack
from tests.e2e.shop import Shop

EXAMPLES, OPERATION_WITHIN = 24, 1.5
"""Of each operation; the seconds are for machines that are busy."""

CHECKS: list[Any] = [
    getattr(import_module(f"schemathesis.{module}checks"), name)
    for module, name in (
        ("", "not_a_server_error"),
        ("specs.openapi.", "status_code_conformance"),
        ("specs.openapi.", "content_type_conformance"),
        ("specs.openapi.", "response_schema_conformance"),
    )
]
TYPED = {
    "phone": "+7 916 555 03 01",
    "mobile": "8 916 555 03 02",
    "name": "Кто угодно",
    "title": "Что угодно",
    "currency": "RUB",
}
LEFT_OUT = ("/metrics", "/health/")
KNOWN = {
    "staff_id": ["oleg", "misha", "owner"],
    "shop_id": ["main"],
    "product_id": ["wheel"],
}


@pytest.fixture(scope="module")
async def known(shop: Shop) -> dict[str, list[str]]:
    """Ids of things that are there: what is made up meets nothing but 404."""
    order_id = await shop.order("fuzzed", 1)
    counted = {"quantity": 10, "title": "Напёрсток", "price": {"minor": 9_900}}
    await shop.post("raisa", "procurement", "/own-stock/fuzzed", counted, method="PUT")
    agreed = {"supplier_id": "fuzzed", "title": "Кто угодно", "lead_days": 1}
    await shop.ask("raisa", "procurement", "/suppliers", agreed, key="fuzzed")
    met = {"shop_id": "main", "phone": "+7 916 555 03 01"}
    customer = await shop.post("owner", "crm", "/customers:resolve", met)
    return {
        **KNOWN,
        "order_id": [order_id],
        "offer_id": ["own:fuzzed"],
        "supplier_id": ["fuzzed", "own"],
        "customer_id": [customer["customer_id"]],
    }


def operations(url: str) -> Iterator[Any]:
    schema: Any = schemathesis.openapi.from_url(f"{url}/openapi.json")
    for found in schema.get_all_operations():
        operation = found.ok()
        if not operation.path.startswith(LEFT_OUT):
            yield operation


def tried(
    operation: Any, headers: dict[str, str], known: dict[str, list[str]], statuses: Counter[int]
) -> str | None:
    """What was found wrong with one operation: the smallest example of it."""

    def cases(mode: GenerationMode) -> st.SearchStrategy[Any]:
        return operation.as_strategy(generation_mode=mode)

    limit = time.monotonic() + OPERATION_WITHIN
    ids = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in known.items()})

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )
    @given(
        case=st.one_of(cases(GenerationMode.POSITIVE), cases(GenerationMode.NEGATIVE)),
        ids=st.one_of(st.none(), ids, ids),
    )
    def sent(case: Any, ids: dict[str, str] | None) -> None:
        if time.monotonic() > limit:
            return
        if ids:
            case.path_parameters |= {name: ids[name] for name in case.path_parameters if name in ids}
            case.body = lifelike(case.body, {**ids, **TYPED})
            if "Idempotency-Key" in case.headers:
                case.headers["Idempotency-Key"] = uuid4().hex
        case.headers.update(headers)
        answer = case.call()
        statuses[answer.status_code] += 1
        case.validate_response(answer, checks=CHECKS)

    try:
        sent()
    except (BaseExceptionGroup, Exception) as wrong:  # noqa: BLE001 (a finding, told with its example)
        return f"{operation.method.upper()} {operation.path}\n{findings(wrong)}"
    return None


def lifelike(body: Any, known: dict[str, str]) -> Any:
    """The same with ids and words that a program does not come upon."""
    if isinstance(body, list):
        return [lifelike(each, known) for each in cast("list[Any]", body)]
    if not isinstance(body, dict):
        return body
    fields = cast("dict[str, Any]", body)
    return {
        name: known[name] if name in known and value is not None else lifelike(value, known)
        for name, value in fields.items()
    }


def findings(wrong: BaseException) -> str:
    parts: Sequence[BaseException] = getattr(wrong, "exceptions", (wrong,))
    return "\n".join(f"  {type(each).__name__}: {str(each)[:1200]}" for each in parts)


@pytest.mark.timeout(400)
@pytest.mark.parametrize("service", sorted(SERVICES, key="crm".__eq__))
async def test_every_answer_is_one_that_the_document_tells_of(
    stack: OwnStack, known: dict[str, list[str]], service: str, said: list[str]
) -> None:
    headers = {"Authorization": f"Bearer {await stack.token('owner')}"}

    statuses = Counter[int]()

    wrong = [tried(each, headers, known, statuses) for each in operations(stack.url(service))]

    assert "\n".join(each for each in wrong if each) == ""
    said.append(f"{service} answered {statuses.total()} made-up requests: {dict(sorted(statuses.items()))}")
    assert {200, 404, 422} <= set(statuses), statuses


@pytest.mark.timeout(120)
async def test_the_stack_is_well_after_all_that(stack: OwnStack, shop: Shop, outside: Outside) -> None:
    for service in SERVICES:
        await shop.ready(service)
    assert await outside.dead() == []
    assert isinstance(await shop.get("orders", "/orders", view="all"), dict)
    assert (await shop.http.get(f"{stack.url('orders')}/openapi.json")).status_code == httpx.codes.OK
