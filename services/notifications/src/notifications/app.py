"""`uvicorn --factory notifications.app:create`."""

from chassis.serving import create_app
from fastapi import FastAPI

from notifications.bootstrap import compose
from notifications.settings import NotificationsSettings


def create() -> FastAPI:
    """The notifications service."""
    return create_app("notifications", NotificationsSettings, compose)
