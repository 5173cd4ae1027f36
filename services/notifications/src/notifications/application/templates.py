"""Templates in force: what the shop has written, else what we ship; and saving another version."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from chassis.handling import Decider, Handler, Held, Occasion, Outcome
from kernel.actor import Actor

from notifications.application.announcements import announce_template
from notifications.domain import template as t
from notifications.domain.refusals import UnknownTemplate
from notifications.domain.template import Texts
from notifications.domain.words import Language, Template

TEMPLATE: Decider[t.SaveTemplate, t.Template, t.TemplateChange] = Decider(
    lambda command: command.key, t.decide, t.evolve, announce_template, lambda _: ()
)
Shipped = Mapping[tuple[Template, Language], Texts]


class Kept(Protocol):
    """Where templates are kept."""

    async def load(self, key: str) -> Held[t.Template]: ...


def key_of(name: Template, language: Language) -> str:
    """The id of a template."""
    return f"{name}.{language}"


@dataclass(frozen=True, slots=True)
class Templates:
    """Every occasion has its words in every language, whatever the shop has done."""

    kept: Kept
    handle: Handler[t.SaveTemplate, t.Template, t.TemplateChange]
    shipped: Shipped
    check: Callable[[Texts, Template, Language], list[str]]

    async def in_force(self, name: Template, language: Language) -> tuple[int, Texts]:
        """The number and the words of the version that is sent now."""
        held = await self.kept.load(key_of(name, language))
        return t.text_of(held.state, self.shipped[name, language])

    async def version(self, name: Template, language: Language, number: int) -> Texts:
        """The words of a version; 0 is what we ship."""
        held = await self.kept.load(key_of(name, language))
        found = t.version_of(held.state, number, self.shipped[name, language])
        if found is None:
            raise UnknownTemplate("There is no such version.")
        return found

    async def save(  # noqa: PLR0917 - what is saved, by whom, and why
        self,
        name: Template,
        language: Language,
        texts: Texts,
        seen: int,
        actor: Actor,
        why: Occasion,
    ) -> Outcome[t.Template]:
        """Another version, checked first (R33)."""
        faults = tuple(self.check(texts, name, language))
        command = t.SaveTemplate(key_of(name, language), texts, faults, seen, actor, why.at)
        return await self.handle(command, why)
