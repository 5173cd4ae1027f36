"""The page on which a customer answers: no script, no account, nothing of any person, readable aloud."""

import base64
import hashlib
from collections.abc import Mapping
from html import escape

from fastapi.responses import HTMLResponse

from quality.domain.script import OPEN_QUESTIONS

STYLE = (
    "body{font:1.1rem/1.5 system-ui,sans-serif;margin:0;background:#fff;color:#1a1a1a}"
    "main{max-width:38rem;margin:0 auto;padding:1rem}fieldset{border:0;border-top:1px solid #767676;padding:.75rem 0}"
    "legend{font-weight:600}label{margin-right:1rem}textarea{font:inherit;width:100%;min-height:4rem}"
    "button{font:inherit;padding:.75rem 1rem;min-height:3rem;width:100%;border:0;border-radius:.4rem;background:#14532d;"
    "color:#fff}button:focus-visible{outline:3px solid #1d4ed8;outline-offset:2px}"
)
_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_HASH}'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
WORDS: Mapping[str, Mapping[str, str]] = {
    "ru": {
        "title": "Как прошла доставка?",
        "yes": "да",
        "no": "нет",
        "send": "Отправить",
        "thanks": "Спасибо за ответ!",
        "answered": "Вы уже ответили. Спасибо! Если хотите что-то добавить, напишите нам.",
        "unreadable": "Ссылка неполная или не наша. Откройте её целиком из нашего письма.",
        "malformed": "Ответьте, пожалуйста, на первые два вопроса.",
    },
    "en": {
        "title": "How was the delivery?",
        "yes": "yes",
        "no": "no",
        "send": "Send",
        "thanks": "Thank you for your answer!",
        "answered": "You have answered already. Thank you! To add something, write to us.",
        "unreadable": "This link is incomplete or not ours. Open it whole from our message.",
        "malformed": "Please answer the first two questions.",
    },
}


def language_of(accepted: str | None) -> str:
    """English for who asks for it first, else Russian."""
    return "en" if (accepted or "").strip().lower().startswith("en") else "ru"


def saying(what: str, language: str, status: int) -> HTMLResponse:
    """A page that only says how it stands."""
    return _page(language, f"<p role='status'>{escape(WORDS[language][what])}</p>", status)


def questions(token: str, language: str, script: Mapping[str, str], *, nps: bool) -> HTMLResponse:
    """The form, with the script's words; it changes nothing until it is sent."""
    parts = [_yes_or_no(name, script, language, needed=True) for name in ("in_order", "content")]
    parts += [_yes_or_no(name, script, language, needed=False) for name in ("manners_good", "promise_kept")]
    parts += [_nps(script)] if nps else []
    parts += [_words(name, script) for name in OPEN_QUESTIONS]
    send = f"<button type='submit'>{escape(WORDS[language]['send'])}</button>"
    return _page(language, f"<form method='post' action='{escape(token)}'>{''.join(parts)}{send}</form>", 200)


def _yes_or_no(name: str, script: Mapping[str, str], language: str, *, needed: bool) -> str:
    required = " required" if needed else ""
    choices = "".join(
        f"<label><input type='radio' name='{name}' value='{value}'{required}> {escape(WORDS[language][word])}</label>"
        for value, word in (("true", "yes"), ("false", "no"))
    )
    return f"<fieldset><legend>{escape(script[name])}</legend>{choices}</fieldset>"


def _nps(script: Mapping[str, str]) -> str:
    choices = "".join(
        f"<label><input type='radio' name='nps' value='{number}'> {number}</label>" for number in range(11)
    )
    return f"<fieldset><legend>{escape(script['nps'])}</legend>{choices}</fieldset>"


def _words(name: str, script: Mapping[str, str]) -> str:
    text = f"<textarea name='{name}' id='{name}' maxlength='2000'></textarea>"
    return f"<fieldset><legend><label for='{name}'>{escape(script[name])}</label></legend>{text}</fieldset>"


def _page(language: str, body: str, status: int) -> HTMLResponse:
    title = escape(WORDS[language]["title"])
    head = (
        "<meta charset='utf-8'><meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<meta name='robots' content='noindex'><title>{title}</title><style>{STYLE}</style>"
    )
    text = f"<!doctype html><html lang='{language}'><head>{head}</head><body><main><h1>{title}</h1>{body}</main></body></html>"
    return HTMLResponse(text, status, headers=HEADERS)
