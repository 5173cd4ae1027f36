"""`uvicorn --factory quality.app:create`."""

from chassis.serving import create_app
from fastapi import FastAPI

from quality.bootstrap import compose
from quality.settings import QualitySettings


def create() -> FastAPI:
    """The quality service."""
    return create_app("quality", QualitySettings, compose)
