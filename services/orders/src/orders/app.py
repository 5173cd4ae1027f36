"""`uvicorn --factory orders.app:create`."""

from chassis.serving import create_app
from fastapi import FastAPI

from orders.bootstrap import compose
from orders.settings import OrdersSettings


def create() -> FastAPI:
    """The orders service."""
    return create_app("orders", OrdersSettings, compose)
