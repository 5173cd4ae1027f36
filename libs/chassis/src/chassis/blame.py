"""What an exception was: something down, or a defect; and how to speak of it without quoting any input. Pure."""

from collections.abc import Sequence
from pathlib import PurePath
from traceback import walk_tb

import httpx
from aiokafka.errors import KafkaError
from kernel.refusal import Refusal
from pydantic import ValidationError
from pymongo.errors import (
    BulkWriteError,
    ConnectionFailure,
    ExecutionTimeout,
    OperationFailure,
    PyMongoError,
    WriteConcernError,
)

from chassis.envelopes import Unreadable
from chassis.faults import Fault
from chassis.reading import complaints
from chassis.storing import OutboxFull

_FAULTS = (
    Fault,
    OutboxFull,
    ConnectionFailure,
    ExecutionTimeout,
    WriteConcernError,
    KafkaError,
    httpx.TransportError,
    OSError,  # TimeoutError is one
)
_STORE_IS_DOWN = {
    6,
    7,
    13,
    18,
    50,
    64,
    89,
    91,
    100,
    112,
    189,
    262,
    9001,
    10107,
    11600,
    11602,
    13435,
    13436,
    14031,
}
"""MongoDB's codes for: unreachable, not allowed in (a matter of settings), timed out, stepping down, disk full."""


def is_fault(raised: BaseException) -> bool:
    """Whether something is down, so that trying again later will do. Of a group, all must be."""
    match raised:
        case BaseExceptionGroup():
            members: Sequence[BaseException] = raised.exceptions
            return all(is_fault(each) for each in members)
        case httpx.HTTPStatusError():
            return raised.response.status_code == 429 or raised.response.is_server_error  # noqa: PLR2004
        case BulkWriteError():
            return not (raised.details or {}).get("writeErrors")
        case PyMongoError() if raised.timeout or (
            isinstance(raised, OperationFailure) and raised.code in _STORE_IS_DOWN
        ):
            return True
        case _:
            return isinstance(raised, _FAULTS)


def kind(raised: BaseException) -> str:
    """The name of what was raised."""
    return f"{type(raised).__module__}.{type(raised).__qualname__}".removeprefix("builtins.")


def reason(raised: Exception) -> str:
    """What happened and where, in words that hold no input: an exception's own text may quote anything."""
    match raised:
        case Unreadable():
            return str(raised)
        case Refusal():
            return f"refused: {raised.code} {raised.rule}".rstrip()
        case ValidationError():
            return f"{raised.title}: {complaints(raised)}"
        case _:
            return f"{kind(raised)} at {place(raised)}"


def place(raised: BaseException) -> str:
    """The line that raised it: file, line, function."""
    frames = list(walk_tb(raised.__traceback__))
    if not frames:
        return "unknown"
    frame, line = frames[-1]
    return f"{PurePath(frame.f_code.co_filename).name}:{line} in {frame.f_code.co_name}"
