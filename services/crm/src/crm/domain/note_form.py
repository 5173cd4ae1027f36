"""How a shop notes its customers: whether it keeps their types, which, by what signs and with what advice; what to ask (R109-R111).
The shop's own data.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kernel.action import Action
from kernel.actor import Actor
from kernel.deadline import Deadline
from kernel.refusal import Decision
from kernel.refused_duty import DutyRefused, duty

from crm.domain.notes import SPIN, Part
from crm.domain.refusals import NoteFormMakesNoSense

MOST_TYPES = 20


@dataclass(frozen=True, slots=True)
class InWords:
    """For people in the shop."""

    ru: str
    en: str


@dataclass(frozen=True, slots=True)
class CustomerType:
    """`signs`: how he is told (R109); `advice`: how to talk with him (R110)."""

    code: str
    name: InWords
    signs: InWords
    advice: InWords


@dataclass(frozen=True, slots=True)
class NoteForm:
    """`keeps_types`: off unless the shop says so, since typing is profiling of a person. `prompts`: what to ask for each note."""

    shop_id: str
    keeps_types: bool = False
    types: tuple[CustomerType, ...] = ()
    prompts: Mapping[Part, InWords] = field(default_factory=dict[Part, InWords])

    @property
    def kept_types(self) -> frozenset[str] | None:
        """The codes that may be noted; None where none are."""
        return frozenset(each.code for each in self.types) if self.keeps_types else None

    def named(self, code: str | None) -> CustomerType | None:
        """The type of this code, where the shop still has it."""
        return next((each for each in self.types if each.code == code), None)


OPEN = InWords("охотно говорит, жесты свободные", "talks readily, moves freely")
CLOSED = InWords("говорит скупо, держится отстранённо", "says little, keeps his distance")
SURE = InWords("голос ровный, решает сам", "an even voice, decides himself")
UNSURE = InWords("сомневается, переспрашивает", "hesitates, asks again")


def _both(one: InWords, other: InWords) -> InWords:
    return InWords(f"{one.ru}; {other.ru}", f"{one.en}; {other.en}")


USUAL_TYPES = (
    CustomerType(
        "confident_open",
        InWords("Уверенный, открытый", "Confident and open"),
        _both(SURE, OPEN),
        InWords("Сначала говорите о нём и его задаче", "Talk of him and of what he wants first"),
    ),
    CustomerType(
        "confident_closed",
        InWords("Уверенный, закрытый", "Confident and closed"),
        _both(SURE, CLOSED),
        InWords("Факты и цифры, без отступлений", "Facts and figures, no small talk"),
    ),
    CustomerType(
        "unsure_open",
        InWords("Неуверенный, открытый", "Unsure and open"),
        _both(UNSURE, OPEN),
        InWords("Общее дело и доверительный разговор", "A common cause, and good relations"),
    ),
    CustomerType(
        "unsure_closed",
        InWords("Неуверенный, закрытый", "Unsure and closed"),
        _both(UNSURE, CLOSED),
        InWords("Сначала расскажите о магазине и о себе", "Let him first hear about you and the shop"),
    ),
)
USUAL_PROMPTS: Mapping[Part, InWords] = {
    Part.SITUATION: InWords(
        "Что есть сейчас? Спрашивайте мало и коротко", "What is there now? Ask little, and briefly"
    ),
    Part.PROBLEM: InWords(
        "Что мешает? Чем он был недоволен раньше?", "What is in the way? What has he been unhappy with?"
    ),
    Part.IMPLICATION: InWords("К чему это приводит?", "What comes of it?"),
    Part.NEED_PAYOFF: InWords("Что даст решение?", "What would a solution be worth to him?"),
}


def usual(shop_id: str) -> NoteForm:
    """The form of a shop that described none: notes yes, types no."""
    return NoteForm(shop_id, types=USUAL_TYPES, prompts=USUAL_PROMPTS)


@dataclass(frozen=True, slots=True)
class DescribeForm:
    """How the shop notes its customers from now on, whole."""

    form: NoteForm
    actor: Actor


@dataclass(frozen=True, slots=True)
class FormDescribed:
    form: NoteForm


Change = FormDescribed | DutyRefused


def decide(command: DescribeForm, form: NoteForm | None) -> Decision[Change]:
    """Who sets the shop's standards of service sets this one (R13)."""
    no = duty(command.actor, Action.DEFINE_SLA)
    if no and form is None:
        raise no.refusal  # there is nothing yet that could remember the attempt
    if no:
        return no
    check(command.form)
    return [] if form == command.form else [FormDescribed(command.form)]


def check(form: NoteForm) -> None:
    """Raise `NoteFormMakesNoSense` for one that nobody could fill in."""
    codes = [each.code for each in form.types]
    if len(codes) > MOST_TYPES or len(set(codes)) != len(codes):
        raise NoteFormMakesNoSense(f"A shop has up to {MOST_TYPES} types, each with a code of its own.")
    if form.keeps_types and not codes:
        raise NoteFormMakesNoSense("Who keeps types has at least one.")
    if set(form.prompts) != set(SPIN):
        raise NoteFormMakesNoSense("There is a prompt for each of the four notes, and for nothing else.")


def evolve(form: NoteForm | None, change: Change) -> NoteForm:
    """It is as described."""
    match change:
        case FormDescribed():
            return change.form
        case DutyRefused():
            assert form is not None
            return form


def deadlines(form: NoteForm) -> Sequence[Deadline]:
    """A form waits for nothing."""
    del form
    return ()
