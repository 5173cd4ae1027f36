"""The shop's policies, and their freeze: change as little as possible in a rush (R116)."""

from kernel.refusal import Decision

from orders.domain.rush import Policies, Rush, RushBook, Unlock
from orders.domain.rush_changes import CategoriesRanked, PoliciesSet, PolicyUnlocked, RushChange
from orders.domain.rush_commands import RankCategories, SetPolicies, UnlockPolicy
from orders.domain.rush_refusals import KeptElsewhere, NotFrozen, PolicyFrozen
from orders.domain.rush_running import opening, owners_duty, running
from orders.domain.rush_words import KEPT_HERE, Part, PolicyName


def differing(one: Policies, other: Policies) -> tuple[PolicyName, ...]:
    """The policies in which the two differ."""
    return tuple(name for name in KEPT_HERE if getattr(one, name.value) != getattr(other, name.value))


def frozen(rush: Rush | None) -> tuple[PolicyName, ...]:
    """What the rush locks."""
    return rush.frozen if rush and rush.has(Part.FREEZE) else ()


def unlocked(rush: Rush) -> set[PolicyName]:
    """Policies that the owner opened and nobody has changed since."""
    return {each.policy for each in rush.unlocks if each.used_at is None}


def set_policies(command: SetPolicies, book: RushBook | None) -> Decision[RushChange]:
    """The owner sets what the shop goes by; a locked policy only after it was unlocked (R35, R116)."""
    refused = owners_duty(command.actor, command.shop_id, book)
    if refused:
        return refused
    now = book or RushBook(command.shop_id)
    changed = differing(now.policies, command.policies)
    if not changed:
        return []
    locked = set(changed) & set(frozen(now.rush))
    if now.rush and locked - unlocked(now.rush):
        names = ", ".join(sorted(locked - unlocked(now.rush)))
        raise PolicyFrozen(f"The rush locks it: {names}. Unlock it with a reason first.", policies=names)
    return [*opening(command.shop_id, book), PoliciesSet(command.policies, changed, command.at)]


def unlock(command: UnlockPolicy, book: RushBook | None) -> Decision[RushChange]:
    """The owner opens one locked policy for one change, and says why; it is listed (R116)."""
    refused = owners_duty(command.actor, command.shop_id, book)
    if refused:
        return refused
    rush = running(book)
    if command.policy not in KEPT_HERE:
        raise KeptElsewhere("It is kept by another service: say why with the change there (`despite_rush`).")
    if command.policy not in frozen(rush):
        raise NotFrozen("The rush does not lock it.", policy=command.policy.value)
    if command.policy in unlocked(rush):
        return []
    return [PolicyUnlocked(Unlock(command.policy, command.reason, command.actor.id, command.at))]


def rank(command: RankCategories, book: RushBook | None) -> Decision[RushChange]:
    """The owner says which line of business earns the most (R47)."""
    refused = owners_duty(command.actor, command.shop_id, book)
    if refused:
        return refused
    if (book or RushBook(command.shop_id)).ranking == command.ranking:
        return []
    return [*opening(command.shop_id, book), CategoriesRanked(command.ranking)]
