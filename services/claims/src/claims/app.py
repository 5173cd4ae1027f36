"""`uvicorn --factory claims.app:create`."""

from chassis.serving import create_app
from fastapi import FastAPI

from claims.bootstrap import compose
from claims.settings import ClaimsSettings


def create() -> FastAPI:
    """The claims service."""
    return create_app("claims", ClaimsSettings, compose)
