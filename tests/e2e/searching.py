"""Looking for what was said of a customer, however it may be written."""

import json
import re
from collections.abc import Iterable


def spellings(said: Iterable[str]) -> re.Pattern[str]:
    """Whatever a phone, a name or an address may look like: any punctuation, letters escaped or not, any case."""
    patterns: list[str] = []
    for each in said:
        if each.startswith("+"):
            patterns.append(r"(?:[\s()\-.]|%20){0,4}".join(each.removeprefix("+7")))
        else:
            words = [word for word in re.findall(r"\w+", each) if len(word) > 4]
            patterns += [form for word in words for form in (re.escape(word), re.escape(escaped(word)))]
    return re.compile("|".join(sorted(set(patterns))), re.IGNORECASE)


def escaped(word: str) -> str:
    return json.dumps(word)[1:-1]


def hits(texts: Iterable[tuple[str, str]], sought: re.Pattern[str]) -> list[str]:
    """Where it was found; what was found is not repeated beyond a few letters."""
    return [
        f"{place}: …{text[max(0, found.start() - 60) : found.start() + 4]}…"
        for place, text in texts
        if (found := sought.search(text))
    ]
