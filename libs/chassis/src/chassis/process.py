"""A service in a process of its own, as images start it: `python -m chassis.process orders [--prepare]`."""

import argparse
import asyncio
import importlib
from collections.abc import Sequence

import uvicorn
from fastapi import FastAPI

from chassis.settings import EdgeSettings, read


def serve(service: str) -> None:
    """Until it is told to end; requests under way have ten seconds to finish."""
    edge = read(EdgeSettings)
    uvicorn.run(
        f"{service}.app:create",
        factory=True,
        host=edge.host,
        port=edge.port,
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=10,
    )


def prepare(service: str) -> None:
    """Only make its indexes, before a new version is rolled out over many documents."""
    app: FastAPI = importlib.import_module(f"{service}.app").create()
    asyncio.run(app.state.prepare())


def main(arguments: Sequence[str] | None = None) -> None:
    asked = argparse.ArgumentParser(prog="chassis.process", description=__doc__)
    asked.add_argument("service")
    asked.add_argument("--prepare", action="store_true", help="make the service's indexes, and end")
    given = asked.parse_args(arguments)
    (prepare if given.prepare else serve)(given.service)


if __name__ == "__main__":
    main()
