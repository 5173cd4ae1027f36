"""`uvicorn --factory crm.app:create`."""

from chassis.serving import create_app
from fastapi import FastAPI

from crm.bootstrap import compose
from crm.settings import CrmSettings


def create() -> FastAPI:
    """The crm service."""
    return create_app("crm", CrmSettings, compose)
