"""How many SMS a text is: GSM-7 or UCS-2, one or joined (3GPP TS 23.038 and 23.040)."""

import math

GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_TWICE = frozenset("^{}\\[~]|€\f")
"""Characters of the extension table: two septets each."""


def is_gsm(text: str) -> bool:
    """Whether the text fits the 7-bit alphabet; one Russian letter and it does not."""
    return all(each in GSM or each in GSM_TWICE for each in text)


def segments(text: str) -> int:
    """160 septets or 70 UTF-16 units in one SMS; 153 or 67 in each of several. An empty text is none."""
    if not text:
        return 0
    if is_gsm(text):
        units, alone, joined = sum(2 if each in GSM_TWICE else 1 for each in text), 160, 153
    else:
        units, alone, joined = len(text.encode("utf-16-be")) // 2, 70, 67
    return 1 if units <= alone else math.ceil(units / joined)
