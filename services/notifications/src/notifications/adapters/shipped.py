"""The templates that we ship: one file an occasion and language, in three parts."""

import re
from importlib.resources import files

from notifications.application.templates import Shipped
from notifications.domain.template import Texts
from notifications.domain.words import Language, Template

PART = re.compile(r"^--- (sms|subject|email)\n", re.MULTILINE)


def shipped() -> Shipped:
    """All of them; a missing or incomplete one is found at the start."""
    folder = files("notifications") / "shipped"
    return {
        (name, language): parted((folder / language.value / f"{name.value}.txt").read_text(encoding="utf-8"))
        for name in Template
        for language in Language
    }


def parted(text: str) -> Texts:
    """A file's three parts."""
    _, *found = PART.split(text)
    parts = dict(zip(found[::2], found[1::2], strict=True))
    return Texts(parts["sms"].strip(), parts["subject"].strip(), parts["email"].strip())
