"""Keeping an endpoint: who may, and what its failures do to it."""

from dataclasses import replace

from kernel.action import Action
from kernel.actor import Actor
from kernel.refusal import Decision
from kernel.refused_duty import DutyRefused, duty

from notifications.domain import endpoint as e
from notifications.domain.endpoint import DISABLED, ENABLED, REMOVED, Endpoint, EndpointChange
from notifications.domain.refusals import EndpointNotEnabled, NotYourShop, TooManySecrets, UnknownEndpoint

MOST_SECRETS = 5
"""So many sign at once; more would make a header that receivers refuse."""


class ImpossibleEndpoint(Exception):
    """A change of an endpoint that was never opened: a defect."""


def decide(command: e.EndpointCommand, endpoint: Endpoint | None) -> Decision[EndpointChange]:
    """The rule of each command."""
    match command:
        case e.Open():
            return [] if endpoint else [_opened(command)]
        case e.HearOfTry():
            return hear_of_try(command, endpoint) if endpoint and _concerns(command, endpoint) else []
        case e.NoteWarned():
            return [e.OwnerWarned()] if endpoint and endpoint.warning else []
        case _:
            return _asked(command, endpoint)


def _opened(command: e.Open) -> EndpointChange:
    own_shop(command.actor, command.shop_id)
    keys = (e.Key(command.secret),)
    return e.EndpointOpened(
        Endpoint(command.endpoint_id, command.shop_id, command.wanted, keys, command.at, command.actor.id)
    )


def own_shop(actor: Actor, shop_id: str) -> None:
    """Webhooks are a shop's own: who belongs to another shop keeps none here."""
    if actor.shop_id not in (None, "", shop_id):
        raise NotYourShop("This is another shop's.")


def _asked(command: e.Change | e.Rotate | e.Switch, endpoint: Endpoint | None) -> Decision[EndpointChange]:
    if endpoint is None:
        raise UnknownEndpoint("There is no such webhook endpoint.")
    own_shop(command.actor, endpoint.shop_id)
    refused = duty(command.actor, Action.KEEP_WEBHOOKS)
    if refused is not None:
        return refused
    if endpoint.state == REMOVED and not (isinstance(command, e.Switch) and command.to == REMOVED):
        raise EndpointNotEnabled("This endpoint was removed.")
    match command:
        case e.Change():
            return [] if command.wanted == endpoint.wanted else [e.EndpointChanged(command.wanted)]
        case e.Rotate():
            return [e.SecretRotated((e.Key(command.secret), *signing_on(command, endpoint)))]
        case e.Switch():
            return [] if command.to == endpoint.state else [e.EndpointSwitched(command.to, "asked")]


def signing_on(command: e.Rotate, endpoint: Endpoint) -> list[e.Key]:
    """All secrets before that still sign: who never got the newest one (its answer was lost) rotates again, and the receiver
    goes on with the one he has.
    """
    until = command.old_until
    old = [(each, min(each.until or until, until)) for each in endpoint.keys]
    signing = [replace(each, until=ends) for each, ends in old if ends > command.at]
    if len(signing) >= MOST_SECRETS:
        raise TooManySecrets(
            "So many secrets sign already; wait for the old ones to end, or end them with keep_old PT0S.",
            most=MOST_SECRETS,
        )
    return signing


def _concerns(command: e.HearOfTry, endpoint: Endpoint) -> bool:
    """What came of a try at the address before says nothing of the new one."""
    return endpoint.state == ENABLED and command.url == endpoint.wanted.url


def hear_of_try(command: e.HearOfTry, endpoint: Endpoint) -> list[EndpointChange]:
    """It answers again; it begins to fail; it fails so long that its keeper is warned; then nothing is sent any more.
    410 Gone ends it at once, as Standard Webhooks asks.
    """
    since, at = endpoint.failing_since, command.at
    if command.gone:
        return [e.EndpointSwitched(DISABLED, "gone", e.Alarm("gone", at))]
    if command.arrived:
        return [e.FailingNoted(None)] if since else []
    if since is None:
        return [e.FailingNoted(at)]
    if at - since >= command.disable_after:
        return [e.EndpointSwitched(DISABLED, "failing", e.Alarm("disabled", at))]
    if at - since >= command.warn_after and not endpoint.warned:
        return [e.FailingNoted(since, e.Alarm("failing", at))]
    return []


def evolve(endpoint: Endpoint | None, change: EndpointChange) -> Endpoint:  # noqa: PLR0911 - one case a change
    """The endpoint after the change."""
    match change, endpoint:
        case e.EndpointOpened(), None:
            return change.endpoint
        case DutyRefused(), Endpoint():
            return endpoint
        case e.EndpointChanged(), Endpoint():
            return _changed(endpoint, change.wanted)
        case e.SecretRotated(), Endpoint():
            return replace(endpoint, keys=change.keys)
        case e.EndpointSwitched(), Endpoint():
            keys = () if change.to == REMOVED else endpoint.keys
            return replace(
                endpoint,
                state=change.to,
                why=change.why,
                warning=change.warning,
                failing_since=None,
                warned=False,
                keys=keys,
            )
        case e.FailingNoted(), Endpoint():
            warned = change.since is not None and (endpoint.warned or change.warning is not None)
            return replace(endpoint, failing_since=change.since, warned=warned, warning=change.warning)
        case e.OwnerWarned(), Endpoint():
            return replace(endpoint, warning=None)
        case _:
            raise ImpossibleEndpoint(type(change).__name__)


def _changed(endpoint: Endpoint, wanted: e.Wanted) -> Endpoint:
    """A new address has not failed yet."""
    if wanted.url == endpoint.wanted.url:
        return replace(endpoint, wanted=wanted)
    return replace(endpoint, wanted=wanted, failing_since=None, warned=False, warning=None)
