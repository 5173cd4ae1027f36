"""A service of one route, for `uvicorn --factory a_kiosk:create`."""

from chassis.chassis import Chassis, Parts
from chassis.serving import create_app
from chassis.settings import ServiceSettings
from fastapi import APIRouter, FastAPI

router = APIRouter()


@router.get("/teas/{tea}")
async def tea(tea: str) -> str:
    """A route that breaks on some teas."""
    if tea == "none":
        raise ValueError(tea + " for Ivan Petrov")
    return tea


def compose(chassis: Chassis, settings: ServiceSettings) -> Parts:
    """The kiosk asks crm, so it needs a secret at the issuer."""
    del settings
    return Parts(routers=[router], wired={"crm": chassis.peers.of("crm")})


def create() -> FastAPI:
    """The kiosk."""
    return create_app("kiosk", ServiceSettings, compose)
