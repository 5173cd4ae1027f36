"""A traceback that quotes nothing: an exception's own text may hold what somebody typed.

The frames and the kinds are told, and the text of those exceptions whose text is about code or connections.
"""

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from traceback import walk_tb

from kernel.refusal import Refusal
from pydantic import ValidationError
from pymongo.errors import ConnectionFailure

from chassis.blame import kind
from chassis.environment import SettingsProblem
from chassis.faults import Fault
from chassis.reading import complaints

PLAIN = (
    Fault, SettingsProblem, ConnectionFailure, AttributeError, NameError, ImportError, TypeError, NotImplementedError,
    RecursionError, TimeoutError,
)  # fmt: skip
MOST_FRAMES = 30


def told(raised: BaseException) -> str:
    """The exception and what it came from, the first cause first."""
    return "\nthen:\n".join(reversed([_one(each) for each in _chain(raised)]))


def _chain(raised: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    each: BaseException | None = raised
    while each is not None and id(each) not in seen:
        seen.add(id(each))
        yield each
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)


def _one(raised: BaseException) -> str:
    frames = [
        f"  {_short(frame.f_code.co_filename)}:{line} in {frame.f_code.co_name}"
        for frame, line in walk_tb(raised.__traceback__)
    ]
    return "\n".join([*frames[-MOST_FRAMES:], f"{kind(raised)}{_text(raised)}", *_members(raised)])


def _members(raised: BaseException) -> list[str]:
    match raised:
        case BaseExceptionGroup():
            members: Sequence[BaseException] = raised.exceptions
            return [f"of it:\n{_one(each)}" for each in members]
        case _:
            return []


def _text(raised: BaseException) -> str:
    match raised:
        case ValidationError():
            return f": {raised.title}: {complaints(raised)}"
        case Refusal():
            return f": {raised.code} {raised.rule}".rstrip()
        case OSError() if raised.strerror:
            return f": {raised.strerror}"
        case _:
            return f": {raised}" if isinstance(raised, PLAIN) else ""


def _short(filename: str) -> str:
    """The last three steps of a path say which file it is."""
    return "/".join(PurePath(filename).parts[-3:])
