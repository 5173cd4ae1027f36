"""What is noted of a customer, as his card shows it."""

from datetime import datetime

from pydantic import BaseModel, Field

from telephony_router.application.reading_notes import CardNotes, WordsState


class TypeOut(BaseModel):
    """His type (R109): a hint. Its words are null until crm told them once."""

    code: str
    ru: str | None
    en: str | None
    advice_ru: str | None = Field(description="How to talk with him (R110).")
    advice_en: str | None


class NoteOut(BaseModel):
    """A SPIN note (R111)."""

    part: str
    text: str
    by: str
    at: datetime


class NotesOut(BaseModel):
    """What is noted of him. From memory but for the texts, which are asked of crm as the card is read; the look is the reader's."""

    state: WordsState = Field(
        description="Of the texts. `none`: there are none. `shown`. `several`: the number is not his alone, so ask who it is, and crm. "
        "`withheld`: your roles don't read notes. `silent`: crm does not answer; ask again."
    )
    customer_type: TypeOut | None
    kept: list[str] = Field(description="Which of the four there are.")
    noted_by: str | None
    noted_at: datetime | None
    notes: list[NoteOut]


def notes_out(found: CardNotes | None) -> NotesOut | None:
    """As answered; None where nothing is noted."""
    if found is None:
        return None
    known = found.known
    if found.state is WordsState.WITHHELD:
        return NotesOut(
            state=found.state, customer_type=None, kept=[], noted_by=None, noted_at=None, notes=[]
        )
    return NotesOut(
        state=found.state,
        customer_type=_type(found),
        kept=list(known.kept),
        noted_by=known.noted_by,
        noted_at=known.noted_at,
        notes=[NoteOut(part=each.part, text=each.text.value, by=each.by, at=each.at) for each in found.notes],
    )


def _type(found: CardNotes) -> TypeOut | None:
    code, words = found.known.customer_type, found.words
    if code is None:
        return None
    return TypeOut(
        code=code,
        ru=words.ru if words else None,
        en=words.en if words else None,
        advice_ru=(words.advice_ru or None) if words else None,
        advice_en=(words.advice_en or None) if words else None,
    )
