"""A template: what is said on an occasion, in one language, by SMS and by e-mail; each save is a version."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kernel.action import Action
from kernel.actor import Actor
from kernel.refusal import Decision, Refused
from kernel.refused_duty import DutyRefused, duty

from notifications.domain.refusals import TemplateChangedSince, TemplateUnfit


@dataclass(frozen=True, slots=True)
class Texts:
    """The words with their places for variables. The e-mail is written once; its HTML is made of it."""

    sms: str
    subject: str
    email: str


@dataclass(frozen=True, slots=True)
class Version:
    """Numbered from 1; 0 is what we ship."""

    number: int
    texts: Texts
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Template:
    """`versions` oldest first; empty: what we ship is in force."""

    key: str
    versions: tuple[Version, ...] = ()

    @property
    def newest(self) -> int:
        """The number in force."""
        return self.versions[-1].number if self.versions else 0


@dataclass(frozen=True, slots=True)
class SaveTemplate:
    """`faults` is what the check of the words found; `seen` the version that the writer had before him."""

    key: str
    texts: Texts
    faults: tuple[str, ...]
    seen: int
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class TemplateOpened:
    """Somebody tried to write it for the first time."""

    key: str


@dataclass(frozen=True, slots=True)
class TemplateSaved:
    version: Version


TemplateChange = TemplateOpened | TemplateSaved | DutyRefused


class NoSuchBeginning(Exception):
    """A change of a template that was never opened: a defect."""


def decide(command: SaveTemplate, template: Template | None) -> Decision[TemplateChange]:
    """Whoever answers for service writes what customers read, in plain words (R13, R33)."""
    opened = () if template else (TemplateOpened(command.key),)
    refused = duty(command.actor, Action.WRITE_TEMPLATE)
    if refused is not None:
        return Refused((*opened, *refused.changes), refused.refusal)
    known = template or Template(command.key)
    if known.versions and known.versions[-1].texts == command.texts:
        return []
    if command.seen != known.newest:
        raise TemplateChangedSince("Another version is in force.", newest=known.newest)
    if command.faults:
        raise TemplateUnfit("; ".join(command.faults))
    return [*opened, TemplateSaved(Version(known.newest + 1, command.texts, command.actor.id, command.at))]


def evolve(template: Template | None, change: TemplateChange) -> Template:
    """The template after the change."""
    match change, template:
        case TemplateOpened(), _:
            return template or Template(change.key)
        case DutyRefused(), Template():
            return template
        case TemplateSaved(), Template():
            return replace(template, versions=(*template.versions, change.version))
        case _:
            raise NoSuchBeginning(type(change).__name__)


def text_of(template: Template | None, shipped: Texts) -> tuple[int, Texts]:
    """What is in force: the newest version, else what we ship."""
    if template is None or not template.versions:
        return 0, shipped
    return template.versions[-1].number, template.versions[-1].texts


def version_of(template: Template | None, number: int, shipped: Texts) -> Texts | None:
    """The words of a version, 0 being what we ship; None when there is none of that number."""
    if number == 0:
        return shipped
    known: Sequence[Version] = template.versions if template else ()
    return next((each.texts for each in known if each.number == number), None)
