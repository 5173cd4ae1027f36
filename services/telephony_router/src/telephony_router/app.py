"""`uvicorn --factory telephony_router.app:create`."""

from chassis.serving import create_app
from fastapi import FastAPI

from telephony_router.bootstrap import compose
from telephony_router.settings import TelephonyRouterSettings


def create() -> FastAPI:
    """The telephony_router service."""
    return create_app("telephony_router", TelephonyRouterSettings, compose)
