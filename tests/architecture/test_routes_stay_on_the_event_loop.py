"""FastAPI runs a plain `def` in a thread: half a millisecond and a jump of the tail for each. Measured: four such
dependencies cost more than the write of an order. So routes and dependencies are async, all of them.
"""

import importlib
import inspect
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, APIRouter

SERVICES = (
    "crm",
    "procurement",
    "orders",
    "logistics",
    "notifications",
    "quality",
    "claims",
    "telephony_router",
)


def routers(service: str) -> Iterator[APIRouter]:
    """Every router that a module of the service's entrypoints holds."""
    package = importlib.import_module(f"{service}.entrypoints")
    folder = next(iter(package.__path__))
    from pkgutil import iter_modules

    for module in iter_modules([folder]):
        held = vars(importlib.import_module(f"{service}.entrypoints.{module.name}")).values()
        yield from (each for each in held if isinstance(each, APIRouter))


def plain(dependant: Dependant) -> Iterator[str]:
    """The functions of a route that would run in a thread."""
    for each in (dependant, *dependant.dependencies):
        if each is not dependant:
            yield from plain(each)
    call: Any = dependant.call
    if inspect.isfunction(call) and not inspect.iscoroutinefunction(call):
        yield f"{call.__module__}.{call.__qualname__}"


def offenders(router: APIRouter) -> set[str]:
    return {name for route in router.routes if isinstance(route, APIRoute) for name in plain(route.dependant)}


@pytest.mark.parametrize("service", SERVICES)
def test_no_route_and_no_dependency_runs_in_a_thread(service: str) -> None:
    found = list(routers(service))

    assert found
    assert set().union(*(offenders(router) for router in found)) == set()


def test_the_guard_bites() -> None:
    router = APIRouter()

    @router.get("/plain")
    def plain_route() -> None:
        """Runs in a thread."""

    (bitten,) = offenders(router)
    assert "plain_route" in bitten
