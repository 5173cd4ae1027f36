"""Logs: one JSON object a line, with the trace it belongs to, and nothing personal.

Our own lines are written straight to standard output; those of libraries come through `logging` into the same form.
"""

import logging
import sys
from collections.abc import Callable, MutableMapping
from typing import Any, TextIO, cast

import structlog
from opentelemetry import trace

from chassis.masking import masked_deep
from chassis.tracebacks import told

Event = MutableMapping[str, Any]
Step = Callable[[Any, str, Event], Event]

QUIET = ("aiokafka", "pymongo", "httpx", "httpcore", "uvicorn.access", "faststream")
"""Libraries that are heard only from WARNING on. The access log is our own."""


def mask(_logger: Any, _name: str, event: Event) -> Event:
    """The last line of defence."""
    return cast("Event", masked_deep(dict(event)))


def add_trace(_logger: Any, _name: str, event: Event) -> Event:
    """Tie the line to the trace it was written in."""
    context = trace.get_current_span().get_span_context()
    if context.is_valid:
        event["trace_id"] = f"{context.trace_id:032x}"
        event["span_id"] = f"{context.span_id:016x}"
    return event


def add_traceback(_logger: Any, _name: str, event: Event) -> Event:
    """Where an exception came from, without the text that may quote somebody."""
    given = event.pop("exc_info", None)
    raised = _raised(given) if given else None
    if raised is not None:
        event["exception"] = told(raised)
    return event


def _raised(given: Any) -> BaseException | None:
    """What was raised: given itself, as `sys.exc_info()` gives it, or being handled now."""
    match given:
        case BaseException():
            return given
        case (_, BaseException() as raised, _):
            return raised
        case _:
            return sys.exc_info()[1]


def _name(service: str) -> Step:
    def named(_logger: Any, _name: str, event: Event) -> Event:
        event["service"] = service
        return event

    return named


def steps(service: str) -> list[Any]:
    """From an event to its line."""
    return [*_gathering(service), *_LAST]


def configure(service: str, level: str, out: TextIO = sys.stdout) -> None:
    """All lines of this process, whoever writes them, go out in one form."""
    structlog.configure(
        processors=steps(service),
        logger_factory=structlog.WriteLoggerFactory(out),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
    root = logging.getLogger()
    root.handlers[:] = [of_libraries(service, out)]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True


def of_libraries(service: str, out: TextIO) -> logging.Handler:
    """Writes what comes through `logging` in the same form."""
    handler = logging.StreamHandler(out)
    clean = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_gathering(service), processors=[clean, *_LAST], use_get_message=True
        )
    )
    return handler


def _gathering(service: str) -> list[Any]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        _name(service),
        add_trace,
        add_traceback,
    ]


_LAST: list[Any] = [mask, structlog.processors.JSONRenderer(ensure_ascii=False)]
