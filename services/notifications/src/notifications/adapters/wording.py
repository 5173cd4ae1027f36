"""Templates filled in by jinja2, sandboxed: whoever edits them is trusted with words, not with the machine.

No globals, a short list of filters, no multiplication: a template can neither reach what it was not given nor eat the
memory. A variable that is not there is an error, never an empty place in a customer's message.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateError, nodes
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from notifications.adapters.filters import FILTERS
from notifications.application.wording import Unwordable, Values, Words
from notifications.domain.template import Texts
from notifications.domain.words import Language

LONGEST = 20_000
LINK = re.compile(r"(https?://[^\s<>\"]+)")
LAYOUT = """<!DOCTYPE html>
<html lang="{{ language }}">
<head><meta charset="utf-8"><title>{{ subject }}</title></head>
<body style="font-family: sans-serif; font-size: 16px; line-height: 1.5; max-width: 36em; margin: 1em auto">
{% for lines in paragraphs %}<p>{% for pieces in lines %}{% if not loop.first %}<br>
{% endif %}{% for piece in pieces %}{% if piece.is_link %}<a href="{{ piece.text }}">{{ piece.text }}</a>{% else %}\
{{ piece.text }}{% endif %}{% endfor %}{% endfor %}</p>
{% endfor %}</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line: words, or a link."""

    text: str
    is_link: bool


class Sandbox(ImmutableSandboxedEnvironment):
    """jinja2's, without repetition of strings and powers of numbers."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """None of the intercepted ones is needed in a letter."""
        del context, left, right
        raise SecurityError(f"`{operator}` is not allowed")


def environment(language: Language, *, html: bool = False) -> Environment:
    """What templates of a language are filled in with."""
    made = Sandbox(
        loader=BaseLoader(),
        undefined=StrictUndefined,
        autoescape=html,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=there,
    )
    made.globals.clear()
    made.filters = {name: filter_(language) for name, filter_ in FILTERS.items()}
    return made


def there(value: Any) -> Any:
    """What is known to be nothing (an offer without a link) is left out by an `if`, and never written as "None"."""
    if value is None:
        raise UndefinedError("what is written here is not always there; put it into an `if`")
    return value


def modest(template: nodes.Template) -> None:
    """No calls, no macros, no loop in a loop: filling in takes no longer than the lists it is given. Raise otherwise."""
    loops = list(template.find_all(nodes.For))
    if any(True for loop in loops for _ in loop.find_all(nodes.For)):
        raise SecurityError("a loop in a loop is not allowed")
    if next(template.find_all((nodes.Call, nodes.Macro, nodes.CallBlock, nodes.Include, nodes.Import)), None):
        raise SecurityError("only variables, filters, conditions and loops are allowed")


@dataclass(frozen=True, slots=True)
class JinjaWording:
    """Fills templates in; the e-mail's HTML is made of its text, so that both say the same."""

    environments: dict[Language, Environment] = field(
        default_factory=lambda: {each: environment(each) for each in Language}
    )
    layout: Environment = field(default_factory=lambda: Environment(autoescape=True, loader=BaseLoader()))

    def words(self, texts: Texts, language: Language, values: Values) -> Words:
        """What goes out; raise `Unwordable`."""
        subject = " ".join(self.filled(texts.subject, language, values).split())
        text = _tidy(self.filled(texts.email, language, values))
        sms = " ".join(self.filled(texts.sms, language, values).split())
        return Words(sms, subject, text, self._html(subject, text, language))

    def as_it_stands(self, subject: str, text: str, language: Language) -> Words:
        """A letter that another service wrote, in our layout."""
        head, body = " ".join(subject.split()), _tidy(text)
        return Words("", head, body, self._html(head, body, language))

    def filled(self, source: str, language: Language, values: Values) -> str:
        """One text of a template; raise `Unwordable`, whose text names no value."""
        try:
            environment_ = self.environments[language]
            modest(environment_.parse(source))
            text = environment_.from_string(source).render(values)
        except TemplateError as wrong:
            raise Unwordable(_what(wrong)) from None
        except Exception as wrong:  # noqa: BLE001 - words of a person: whatever they break, it is the template
            raise Unwordable(type(wrong).__name__) from None
        if len(text) > LONGEST:
            raise Unwordable("it is too long")
        return text

    def _html(self, subject: str, text: str, language: Language) -> str:
        paragraphs = [[_pieces(line) for line in each.split("\n")] for each in text.split("\n\n")]
        layout = self.layout.from_string(LAYOUT)
        return layout.render(language=language.value, subject=subject, paragraphs=paragraphs)


def _tidy(text: str) -> str:
    """Lines without blanks at their ends, paragraphs parted by one empty line."""
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines)


def _pieces(line: str) -> list[Piece]:
    return [Piece(each, LINK.fullmatch(each) is not None) for each in LINK.split(line) if each]


def _what(wrong: TemplateError) -> str:
    """jinja2's own words quote names of variables and the template, which hold nothing personal."""
    line = getattr(wrong, "lineno", None)
    return f"{wrong.message or type(wrong).__name__}" + (f" (line {line})" if line else "")
