"""Checking a template before it is saved: it can be filled in, it is short enough, plain, and says what must be said."""

from dataclasses import dataclass

from notifications.application.samples import samples
from notifications.application.wording import Signature, Unwordable, Values, Wording
from notifications.domain.jargon import jargon_in
from notifications.domain.segments import segments
from notifications.domain.template import Texts
from notifications.domain.words import Language, Template

MOST_SUBJECT = 120


@dataclass(frozen=True, slots=True)
class Checking:
    """Filled in with lifelike samples of every kind, so that a variable that is only sometimes there is found, too."""

    wording: Wording
    signature: Signature
    most_segments: int

    def __call__(self, texts: Texts, name: Template, language: Language) -> list[str]:
        """What is wrong, each in a sentence, each once."""
        found = [
            f"{part}: jargon «{word}»" for part, text in _parts(texts) for word in jargon_in(text, language)
        ]
        for values in samples(name, language, self.signature):
            found += self._filled_in(texts, name, language, values)
        return list(dict.fromkeys(found))

    def _filled_in(self, texts: Texts, name: Template, language: Language, values: Values) -> list[str]:
        try:
            words = self.wording.words(texts, language, values)
        except Unwordable as wrong:
            return [str(wrong)]
        found: list[str] = []
        many = segments(words.sms)
        if not 1 <= many <= self.most_segments:
            found.append(f"sms: {many} segments, 1 to {self.most_segments} are allowed")
        if not 1 <= len(words.subject) <= MOST_SUBJECT:
            found.append(f"subject: {len(words.subject)} characters, 1 to {MOST_SUBJECT} are allowed")
        for what, needle in self._must_say(name, values).items():
            found += [
                f"{part}: does not say {what}"
                for part, text in (("sms", words.sms), ("email", words.text))
                if needle not in text
            ]
        return found

    def _must_say(self, name: Template, values: Values) -> dict[str, str]:
        """What may not be missing: the order's number, the link to answer by, the end of the window (R25, R66)."""
        said = {"the order's number": str(values["order"]["number"])}
        if name is Template.APOLOGY_AND_OFFER and values["offer"]["link"]:
            said["the link to answer by"] = values["offer"]["link"]
        if name is Template.QUALITY_SURVEY:
            said["the link to answer by"] = values["survey"]["link"]
        if name in (Template.DELIVERY_AGREED, Template.DELIVERY_REMINDER):
            said["the end of the time agreed"] = f"{values['promise']['ends']:%H:%M}"
        return said


def _parts(texts: Texts) -> tuple[tuple[str, str], ...]:
    return (("sms", texts.sms), ("subject", texts.subject), ("email", texts.email))
