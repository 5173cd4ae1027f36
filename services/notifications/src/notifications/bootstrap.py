"""The composition root of notifications."""

import asyncio
import ssl

import httpx
from chassis.chassis import Chassis, Loop, Parts
from chassis.clock import Clock
from chassis.settings import secret

from notifications.adapters.claims import ClaimsLetter
from notifications.adapters.documents import KNOWN, MESSAGES, SHOPS, TEMPLATES
from notifications.adapters.figures import balance, outcome
from notifications.adapters.mailbox import Folder, MailboxMail, MailboxSms
from notifications.adapters.orders import OrdersContact
from notifications.adapters.quality import QualityLink
from notifications.adapters.shipped import shipped
from notifications.adapters.smsc import Smsc
from notifications.adapters.smsru import SmsRu
from notifications.adapters.smtp import Server, Smtp
from notifications.adapters.wording import JinjaWording
from notifications.application.checking import Checking
from notifications.application.corresponding import CORRESPONDENCE, Corresponding
from notifications.application.forgetting import Forgetting
from notifications.application.handing_over import HandingOver
from notifications.application.hooks import Post
from notifications.application.outgoing import SendMail, SendSms
from notifications.application.previewing import Previewing
from notifications.application.readiness import Readiness
from notifications.application.reporting import Reporting
from notifications.application.resending import Resending
from notifications.application.sending import MESSAGE, SendingOut
from notifications.application.templates import TEMPLATE, Templates
from notifications.application.wording import Signature
from notifications.application.zones import SHOP_ZONE, Zones
from notifications.entrypoints import messages as messages_routes
from notifications.entrypoints import templates as templates_routes
from notifications.entrypoints import webhooks
from notifications.entrypoints.subscribers import reactions
from notifications.settings import NotificationsSettings
from notifications.way_out_settings import MailSettings, SmsSettings
from notifications.wiring_hooks import hooks


def compose(
    chassis: Chassis,
    settings: NotificationsSettings,
    *,
    sms: SendSms | None = None,
    mail: SendMail | None = None,
    post: Post | None = None,
) -> Parts:
    """Notifications, wired; other ways out than the settings' may be given."""
    policy, signature = settings.policy, Signature(settings.shop_name, settings.shop_phone)
    messages, known, shops = chassis.store(MESSAGES), chassis.store(KNOWN), chassis.store(SHOPS)
    kept = chassis.store(TEMPLATES)
    handle = chassis.handler(MESSAGE, messages)
    zones, wording = Zones(shops, policy.default_zone), JinjaWording()
    contact = OrdersContact(chassis.peers.of("orders"))
    checking = Checking(wording, signature, settings.sms_segments)
    templates = Templates(kept, chassis.handler(TEMPLATE, kept), shipped(), checking)
    client = httpx.AsyncClient(timeout=settings.sms.sms_timeout)
    folder = Folder(settings.mailbox)
    sms = sms or sms_gateway(settings.sms, client, folder, chassis.clock)
    mail = mail or mail_way(settings.letters, folder, chassis.clock)
    link = QualityLink(chassis.peers.of("quality"))
    letter = ClaimsLetter(chassis.peers.of("claims"))
    handing_over = HandingOver(contact, link, letter, templates, wording, signature, sms, mail, outcome)
    sending = SendingOut(handle, messages, Readiness(known, messages, zones, policy), handing_over)
    sent_on = hooks(chassis, settings, mail, post)
    return Parts(
        routers=(messages_routes.router, templates_routes.router, webhooks.router, *sent_on.routers),
        reactions=reactions,
        wired={
            **sent_on.wired,
            "messages": messages,
            "templates_kept": kept,
            "templates": templates,
            "previewing": Previewing(templates, wording, checking, contact, signature, zones),
            "resending": Resending(handle, messages, policy),
            "forgetting": Forgetting(messages, handle),
            "reporting": Reporting(messages, handle),
            "gateways": {sms.name: sms},
            "callback_secret": _callback_secret(settings.sms),
            "corresponding": Corresponding(
                chassis.handler(CORRESPONDENCE, known), handle, messages, zones, policy
            ),
            "hear_zone": chassis.handler(SHOP_ZONE, shops),
        },
        deadlines=(chassis.deadlines(messages, sending.on_deadline), *sent_on.deadlines),
        tasks=(closed_at_the_end(client), *sent_on.tasks),
        figures=sent_on.figures,
    )


def sms_gateway(settings: SmsSettings, client: httpx.AsyncClient, folder: Folder, clock: Clock) -> SendSms:
    """Who takes SMS."""
    remedy = "It comes from the gateway's account."
    match settings.sms_gateway:
        case "smsc":
            password = secret(
                settings.smsc_password, settings.smsc_password_file, "OPBLOK_SMSC_PASSWORD", remedy=remedy
            )
            url = settings.smsc_url.rstrip("/")
            return Smsc(client, url, settings.smsc_login, password, settings.sms_sender, balance)
        case "smsru":
            api_id = secret(
                settings.smsru_api_id, settings.smsru_api_id_file, "OPBLOK_SMSRU_API_ID", remedy=remedy
            )
            url = settings.smsru_url.rstrip("/")
            return SmsRu(client, url, api_id, settings.sms_sender, settings.smsru_test, balance)
        case "mailbox":
            return MailboxSms(folder, clock)


def mail_way(settings: MailSettings, folder: Folder, clock: Clock) -> SendMail:
    """Who takes e-mail."""
    if settings.mail == "mailbox":
        return MailboxMail(folder, settings.mail_from, clock)
    ca = settings.smtp_ca_file
    password = settings.smtp_password.get_secret_value() if settings.smtp_password else None
    server = Server(
        settings.smtp_host,
        settings.smtp_port,
        settings.smtp_tls,
        settings.smtp_user,
        password,
        settings.smtp_timeout,
        ssl.create_default_context(cafile=ca) if ca else None,
    )
    return Smtp(server, settings.mail_from, clock)


def _callback_secret(settings: SmsSettings) -> str | None:
    given = settings.sms_callback_secret
    return given.get_secret_value() if given else None


def closed_at_the_end(client: httpx.AsyncClient) -> Loop:
    """Gives the gateway's connections back when the service stops."""

    async def wait() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await client.aclose()

    return wait
