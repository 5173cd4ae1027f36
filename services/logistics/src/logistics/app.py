"""`uvicorn --factory logistics.app:create`."""

from chassis.serving import create_app
from fastapi import FastAPI

from logistics.bootstrap import compose
from logistics.settings import LogisticsSettings


def create() -> FastAPI:
    """The logistics service."""
    return create_app("logistics", LogisticsSettings, compose)
