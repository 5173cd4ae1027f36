"""What a reaction asks for beside its fact: FastStream's `Context()` fields, resolved by ourselves.

FastDepends resolves each field in a worker thread, 0.2 ms apiece; a field is a dictionary look-up.
"""

from collections.abc import Awaitable, Callable, Mapping
from copy import copy
from inspect import signature
from typing import Any, get_type_hints

from fast_depends.library import CustomField

Reaction = Callable[..., Awaitable[None]]


def asked(reaction: Reaction) -> dict[str, CustomField]:
    """The parameters after the fact, each with its `Context()`."""
    hints = get_type_hints(reaction, include_extras=True)
    found: dict[str, CustomField] = {}
    for name in list(signature(reaction).parameters)[1:]:
        fields = [each for each in getattr(hints[name], "__metadata__", ()) if isinstance(each, CustomField)]
        if not fields:
            raise TypeError(f"{reaction.__qualname__}: {name} has no Context()")
        found[name] = copy(fields[0]).set_param_name(name)
    return found


def names(fields: Mapping[str, CustomField]) -> set[str]:
    """What these fields are called in the context."""
    return {str(getattr(field, "name", "") or name).partition(".")[0] for name, field in fields.items()}


def given(fields: Mapping[str, CustomField], context: Any) -> dict[str, Any]:
    """The arguments, out of this context."""
    found: dict[str, Any] = {"context__": context}
    for field in fields.values():
        found = field.use(**found)
    del found["context__"]
    return found
