"""Settings of telephony_router."""

import re
from dataclasses import dataclass
from pathlib import Path

from chassis.settings import SettingsProblem, secret
from chassis.shops import Unheard
from kernel.zone import zone_named
from pydantic import Field, SecretStr, field_validator

from telephony_router.application.believing import Signed
from telephony_router.application.callers import Callers, Line, parsed
from telephony_router.history_settings import HistorySettings

SHORTEST_KEY = 32
WORD = re.compile(r"[a-z][a-z0-9_]{0,63}")


@dataclass(frozen=True, slots=True)
class SipSettings:
    """The token of our proxy, the domain of its extensions, and the trunk to the world."""

    tokens: list[str]
    domain: str
    trunk: str | None


def _secrets(given: SecretStr | None, file: Path | None) -> list[str]:
    """The secrets of a provider; none: its webhook is refused."""
    text = given.get_secret_value() if given else file.read_text(encoding="utf-8") if file else ""
    return [each.strip() for each in text.split(",") if each.strip()]


def lines_of(text: str, shop_id: str) -> dict[str, Line]:
    """Our numbers by E.164; raise `ValueError` where one can't be read."""
    found: dict[str, Line] = {}
    for each in filter(None, (part.strip() for part in text.split(","))):
        number, _, name = each.partition("=")
        word, _, shop = name.strip().partition(":")
        phone = parsed(number)
        if phone is None or not WORD.fullmatch(word):
            raise ValueError("a line is `<number>=<word>` or `<number>=<word>:<shop>`")
        found[phone.e164] = Line(word, shop or shop_id)
    return found


class TelephonyRouterSettings(HistorySettings):
    """What telephony_router is told besides what every service is."""

    phone_key: SecretStr | None = Field(
        default=None,
        description="Key of the hashes by which callers are recognised; the same as crm's, or nobody is.",
    )
    phone_key_file: Path | None = Field(default=None, description="File that holds the phone key.")
    webhook_secret: SecretStr | None = Field(
        default=None,
        description="Secret of the neutral webhook `/webhooks/generic`; parted by commas while it is changed. None: refused.",
    )
    webhook_secret_file: Path | None = Field(default=None, description="File that holds it.")
    voximplant_secret: SecretStr | None = Field(
        default=None, description="Secret of our Voximplant scenario, `/webhooks/voximplant`. None: refused."
    )
    voximplant_secret_file: Path | None = Field(default=None, description="File that holds it.")
    zadarma_secret: SecretStr | None = Field(
        default=None,
        description="API secret of Zadarma or Novofon 1.0, by which `/webhooks/zadarma` is signed. None: refused.",
    )
    zadarma_secret_file: Path | None = Field(default=None, description="File that holds it.")
    kamailio_token: SecretStr | None = Field(
        default=None, description="Token that Kamailio shows, `/webhooks/kamailio`. None: refused."
    )
    kamailio_token_file: Path | None = Field(default=None, description="File that holds it.")
    router_sip_domain: str = Field(
        default="127.0.0.1", min_length=1, description="SIP domain of the extensions, for Kamailio."
    )
    router_sip_trunk: str | None = Field(
        default=None,
        description="`host` or `host:port` of the trunk that mobiles and the call centre are rung through.",
    )
    router_journal_within: float = Field(
        default=0.15, gt=0, le=5, description="Seconds that the answer to a call waits for the store."
    )
    router_notes_within: float = Field(
        default=1.0, gt=0, le=10, description="Seconds that a card waits for crm's notes on the customer."
    )
    router_shop_id: str = Field(
        default="main", min_length=1, description="The shop whose telephone this is, where a line names none."
    )
    router_owner_id: str = Field(
        default="owner", min_length=1, description="Who answers for a shop of which crm has not told yet."
    )
    router_zone: str = Field(
        default="Europe/Moscow", description="Time zone of a shop of which crm has not told yet."
    )
    router_follow_every: float = Field(
        default=0.5, gt=0, le=60, description="Seconds between two looks at what other replicas saved."
    )

    router_portal: bool = Field(
        default=False,
        description="Whether crm is told of calls, so that the shop's Bitrix24 shows them. Off where there is no portal.",
    )
    router_lines: str = Field(
        default="",
        description="Our numbers, parted by commas: `+74951234567=main` or `+74951234568=spb:shop-spb` (word, shop).",
    )

    @field_validator("router_lines")
    @classmethod
    def readable_lines(cls, lines: str) -> str:
        """Numbers that are, and words that may stand in facts."""
        lines_of(lines, "main")
        return lines

    @field_validator("router_zone")
    @classmethod
    def known_zone(cls, zone: str) -> str:
        """A zone that exists."""
        zone_named(zone)
        return zone

    @property
    def unheard(self) -> Unheard:
        """How a shop is taken to be that crm has not told of."""
        return Unheard(self.router_shop_id, self.router_owner_id, self.router_zone)

    @property
    def signed(self) -> dict[str, Signed]:
        """Providers that sign our way and have a secret."""
        found = {
            "generic": _secrets(self.webhook_secret, self.webhook_secret_file),
            "voximplant": _secrets(self.voximplant_secret, self.voximplant_secret_file),
        }
        return {name: Signed(secrets) for name, secrets in found.items() if secrets}

    @property
    def zadarma_secrets(self) -> list[str]:
        """Of Zadarma or Novofon."""
        return _secrets(self.zadarma_secret, self.zadarma_secret_file)

    @property
    def sip(self) -> SipSettings:
        """What Kamailio is answered by."""
        tokens = _secrets(self.kamailio_token, self.kamailio_token_file)
        return SipSettings(tokens, self.router_sip_domain, self.router_sip_trunk)

    @property
    def callers(self) -> Callers:
        """Who rings, and which of our numbers."""
        shop_id = self.router_shop_id
        return Callers(self.phone_hash_key(), Line("main", shop_id), lines_of(self.router_lines, shop_id))

    def phone_hash_key(self) -> bytes:
        """The key of the look-up hashes."""
        remedy = "It is crm's: give both the same."
        key = secret(self.phone_key, self.phone_key_file, "OPBLOK_PHONE_KEY", remedy=remedy)
        if len(key) < SHORTEST_KEY:
            raise SettingsProblem(
                f"OPBLOK_PHONE_KEY has {len(key)} characters and needs {SHORTEST_KEY}. {remedy}"
            )
        return key.encode()
