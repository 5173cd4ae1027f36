"""The ASGI application: `uvicorn --factory procurement.app:create`."""

from chassis.serving import create_app
from fastapi import FastAPI

from procurement.bootstrap import compose
from procurement.settings import ProcurementSettings


def create() -> FastAPI:
    """Procurement, by the settings of the environment."""
    return create_app("procurement", ProcurementSettings, compose)
