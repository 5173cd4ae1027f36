"""The bank's signature, written by its documentation and not by our adapter, so that neither passes against itself.

https://developer.tbank.ru/eacq/intro/developer/token: root values only, sorted by name, the password among them, SHA-256.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def signature(body: Mapping[str, Any], password: str) -> str:
    """`Token` of a request or a notification."""
    pairs = [(name, value) for name, value in body.items() if name != "Token"]
    pairs.append(("Password", password))
    root = [(name, value) for name, value in pairs if isinstance(value, str | int | bool | float)]
    text = "".join(value if isinstance(value, str) else json.dumps(value) for _, value in sorted(root))
    return hashlib.sha256(text.encode()).hexdigest()
