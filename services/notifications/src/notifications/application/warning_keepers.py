"""Warning: the keeper of an endpoint is told by e-mail that it fails, or that nothing is sent there any more."""

from dataclasses import dataclass

import structlog
from chassis.handling import Occasion
from kernel.deadline import Deadline
from kernel.personal import Personal

from notifications.application.hooks import Endpoints, HandleEndpoint
from notifications.application.outgoing import Mail, NotNow, SendMail
from notifications.domain import endpoint as e

log = structlog.get_logger(__name__)

WORDS = {
    ("failing", "ru"): (
        "Вебхуки не доходят",
        "Адрес вебхуков {id} не отвечает как надо с {since}. Пробуем дальше.",
    ),
    ("failing", "en"): (
        "Webhooks do not arrive",
        "The webhook endpoint {id} has been failing since {since}. We go on trying.",
    ),
    ("disabled", "ru"): (
        "Вебхуки отключены",
        "Адрес вебхуков {id} не отвечал слишком долго и отключён. Включите его и повторите доставки.",
    ),
    ("disabled", "en"): (
        "Webhooks are disabled",
        "The webhook endpoint {id} failed too long and is disabled. Enable it and replay the deliveries.",
    ),
    ("gone", "ru"): ("Вебхуки отключены", "Адрес вебхуков {id} ответил 410 Gone и отключён."),
    ("gone", "en"): ("Webhooks are disabled", "The webhook endpoint {id} answered 410 Gone and is disabled."),
}


@dataclass(frozen=True, slots=True)
class WarningKeepers:
    """What an endpoint's deadline does. Without an e-mail address the log and the endpoint itself say it."""

    handle: HandleEndpoint
    endpoints: Endpoints
    mail: SendMail

    async def on_deadline(self, endpoint_id: str, deadline: Deadline, why: Occasion) -> None:
        """Send the warning; a mail server that is down is asked again."""
        endpoint = (await self.endpoints.load(endpoint_id)).state
        alarm = endpoint.warning if endpoint else None
        if endpoint is not None and alarm is not None:
            log.warning("webhook endpoint", endpoint=endpoint_id, state=endpoint.state, what=alarm.what)
            mail = mail_of(endpoint, alarm)
            if mail and isinstance(await self.mail.send(mail), NotNow):
                return
        await self.handle.fire(deadline, e.NoteWarned(endpoint_id), why)


def mail_of(endpoint: e.Endpoint, alarm: e.Alarm) -> Mail | None:
    """In the keeper's language; the address of the endpoint itself is not in it."""
    to = endpoint.wanted.email
    if to is None:
        return None
    subject, words = WORDS[alarm.what, endpoint.wanted.language]
    since = endpoint.failing_since or alarm.at
    text = words.format(id=endpoint.endpoint_id, since=f"{since:%Y-%m-%d %H:%M} UTC")
    key = f"webhook-{endpoint.endpoint_id}-{alarm.at:%Y%m%d%H%M%S}"
    said = Personal(text)
    return Mail(
        key,
        to,
        Personal(subject),
        said,
        Personal(f"<p>{text}</p>"),
        endpoint.endpoint_id,
        endpoint.wanted.language,
    )
