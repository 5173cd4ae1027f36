"""Letters to customers, in Russian, filled in when they are sent. Nothing of them is kept but what went, sealed."""

from collections.abc import Mapping

from jinja2 import BaseLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from claims.application.writing import Values
from claims.domain.words import Paper

HEAD = """{{ name }}
{% if order %}Заказ {{ order }}
{% endif %}Обращение {{ claim }}, письмо № {{ number }} от {{ day }}

"""
FOOT = """

С уважением,
{{ shop }}
"""
TEXTS: Mapping[Paper, str] = {
    Paper.RECEIVED: """Мы получили Ваше обращение{% if demand %} {{ received }}: {{ demand }}{% endif %}.
Им занимается отдельный сотрудник, который ничего не продаёт.{% if due %}
Мы обязаны ответить по существу не позднее {{ due }} (ст. {{ article }} Закона РФ «О защите прав потребителей»).{% endif %}""",
    Paper.ITEM_ASKED: """Чтобы проверить товар за наш счёт, просим передать его нам. Вы вправе присутствовать при проверке
(п. 5 ст. 18 Закона РФ «О защите прав потребителей»). Срок ответа от этого не меняется{% if due %}: {{ due }}{% endif %}.""",
    Paper.DECISION: """Мы рассмотрели Ваше требование: {{ demand }}.
{% if verdict == 'satisfied' %}Требование удовлетворено.{% elif verdict == 'partly' %}Требование удовлетворено частично.\
{% else %}В удовлетворении требования отказано.{% endif %}
{% if amount %}К возврату: {{ amount }}.
{% endif %}Основание: {{ reason }}""",
}


class JinjaLetters:
    """Sandboxed; what a customer typed is text and never a template."""

    def __init__(self) -> None:
        made = ImmutableSandboxedEnvironment(loader=BaseLoader(), undefined=StrictUndefined, autoescape=False)
        made.globals.clear()
        self._made = {paper: made.from_string(HEAD + text + FOOT) for paper, text in TEXTS.items()}

    def written(self, paper: Paper, values: Values) -> str:
        return self._made[paper].render(values)
