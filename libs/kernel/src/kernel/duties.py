"""Separation of duties as data: who may do what (rules.md, R4-R12). Asked inside the decider of each action."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kernel.action import Action
from kernel.actor import Actor, Role
from kernel.pairs import BUYER_GRADE, CONTROLLED, MACHINES, SELLS


@dataclass(frozen=True, slots=True)
class Duty:
    """Who may do an action, who may not whatever else he is, and the rules that say so."""

    roles: frozenset[Role]
    rule: str
    never: frozenset[Role] = frozenset()
    never_rule: str = ""


def _duty(rule: str, *roles: Role) -> Duty:
    return Duty(frozenset({Role.OWNER, *roles}), rule)


def _not_by_sales(*roles: Role, rule: str = "R6") -> Duty:
    return replace(_duty(rule, *roles), never=SELLS, never_rule="R6")


_ORDER_WORK = (
    Role.SALES_MANAGER, Role.ACCOUNT_MANAGER, Role.PHONE_OPERATOR, Role.SERVICE_OWNER, Role.CONFLICT_MANAGER,
)  # fmt: skip
_ON_THE_PHONE = (*SELLS, Role.CONFLICT_MANAGER, Role.LOGISTICIAN, Role.SERVICE_OWNER)
_CLAIM_READERS = CONTROLLED | {Role.QUALITY_CONTROLLER, Role.LOGISTICIAN, Role.SERVICE_OWNER}
_CLAIM_WORK = replace(
    _duty("R5", Role.CONFLICT_MANAGER), never=SELLS | {Role.QUALITY_CONTROLLER}, never_rule="R6"
)

DUTIES: Mapping[Action, Duty] = {
    Action.GRANT_ROLE: _duty("R9", Role.OFFICE_ADMINISTRATOR),
    Action.WAIVE_PAIR: _duty("R12"),
    Action.MANAGE_STAFF: _duty("R9", Role.OFFICE_ADMINISTRATOR),
    Action.HAND_OVER_CUSTOMER: _duty("R98", Role.SALES_MANAGER, Role.ACCOUNT_MANAGER, Role.SERVICE_OWNER),
    Action.UNMASK_CUSTOMER: _duty("R97", *_ORDER_WORK, Role.LOGISTICIAN, Role.QUALITY_CONTROLLER),
    Action.PLACE_ORDER: _duty("R31", *SELLS, Role.SERVICE_OWNER, Role.SITE, Role.SERVICE),
    Action.WORK_ORDER: _duty("R31", *_ORDER_WORK),
    Action.CANCEL_ORDER: _duty("R27", *_ORDER_WORK, Role.SITE),
    Action.LAPSE_ORDER: _duty("R21", Role.SALES_MANAGER, Role.ACCOUNT_MANAGER, Role.SERVICE_OWNER),
    Action.REASSIGN_ORDER: _duty("R20", Role.SERVICE_OWNER, Role.SALES_MANAGER, Role.ACCOUNT_MANAGER),
    Action.IMPORT_FEED: _duty("R43", Role.BUYER),
    Action.APPROVE_FEED: _duty("R80", Role.BUYER, Role.SERVICE_OWNER),
    Action.SET_STOCK: _duty("R28", Role.BUYER, Role.WAREHOUSE_WORKER),
    Action.CONFIRM_SUPPLY: _duty("R28", Role.BUYER),
    Action.CHANGE_ORDER: _duty("R30", *_ORDER_WORK, Role.SITE),
    Action.AGREE_DELIVERY: _duty("R29", *_ORDER_WORK, Role.SITE),
    Action.RECORD_PAYMENT: _duty("R80", *_ORDER_WORK, Role.OFFICE_ADMINISTRATOR, Role.SERVICE),
    Action.ASK_REFUND: _duty("R80", *_ORDER_WORK, Role.SERVICE),
    Action.APPROVE_REFUND: _duty("R80", Role.SERVICE_OWNER, Role.TOP_MANAGEMENT),
    Action.LINK_PRODUCTS: _duty("R30", Role.SERVICE_OWNER, Role.BUYER),
    Action.RUN_RUSH: _duty("R18"),
    Action.READ_CONTACT: _duty("R97", Role.SERVICE),
    Action.WRITE_TERMS: _duty("R60", Role.LOGISTICIAN),
    Action.APPROVE_TERMS: _duty("R60", Role.SERVICE_OWNER, Role.TOP_MANAGEMENT),
    Action.RESERVE_CAPACITY: _duty("R65", Role.LOGISTICIAN, Role.SERVICE),
    Action.MAP_FEED: _duty("R43", Role.BUYER),
    Action.MATCH_PRODUCT: _duty("R43", Role.BUYER),
    Action.BUY: _duty("R4", Role.BUYER),
    Action.APPROVE_PURCHASE: _duty("R80", Role.SERVICE_OWNER, Role.TOP_MANAGEMENT),
    Action.RECEIVE_GOODS: _duty("R42", Role.BUYER, Role.WAREHOUSE_WORKER),
    Action.RUN_SUPPLIER_CASE: _duty("R44", Role.BUYER),
    Action.STOP_SALE: _duty("R46", Role.BUYER, Role.SERVICE_OWNER),
    Action.WRITE_TEMPLATE: _duty("R33", Role.SERVICE_OWNER),
    Action.SEND_MESSAGE: _duty("R31", *_ORDER_WORK, Role.LOGISTICIAN),
    Action.SHIP: _duty("R60", Role.LOGISTICIAN, Role.WAREHOUSE_WORKER),
    Action.REPORT_DELIVERY: _duty("R50", Role.LOGISTICIAN, Role.WAREHOUSE_WORKER, Role.COURIER),
    Action.RUN_INCIDENT: _duty("R53", Role.LOGISTICIAN, Role.CONFLICT_MANAGER),
    Action.APPROVE_INCIDENT: _duty("R80", Role.SERVICE_OWNER, Role.TOP_MANAGEMENT),
    Action.READ_ANSWERS: replace(_duty("R8", Role.QUALITY_CONTROLLER), never=CONTROLLED, never_rule="R8"),
    Action.DEFINE_SLA: _duty("R13", Role.SERVICE_OWNER),
    Action.APPROVE_CLAIM: _not_by_sales(Role.TOP_MANAGEMENT, rule="R80"),
    Action.ADVISE_CLAIM: _duty("R7", Role.LAWYER, Role.TOP_MANAGEMENT),
    Action.READ_EVIDENCE: _not_by_sales(Role.CONFLICT_MANAGER, Role.LAWYER, Role.TOP_MANAGEMENT),
    Action.OPEN_CLAIM: _duty("R76", *_CLAIM_READERS, Role.SITE),
    Action.READ_CLAIM: _duty("R6", *_CLAIM_READERS),
    Action.TAKE_CLAIM: _CLAIM_WORK,
    Action.ANSWER_CLAIM: _CLAIM_WORK,
    Action.CLOSE_CLAIM: _CLAIM_WORK,
    Action.WORK_LEAD: _duty("R98", Role.SALES_MANAGER, Role.ACCOUNT_MANAGER, Role.SERVICE_OWNER),
    Action.NOTE_CUSTOMER: _duty("R111", *_ORDER_WORK),
    Action.MERGE_CUSTOMERS: _duty("R97", Role.SERVICE_OWNER, Role.OFFICE_ADMINISTRATOR),
    Action.MOVE_CUSTOMERS: _duty("R97", Role.SERVICE_OWNER, Role.OFFICE_ADMINISTRATOR),
    Action.EXPORT_PERSON: _duty("R97", Role.OFFICE_ADMINISTRATOR, Role.LAWYER),
    Action.ERASE_PERSON: _duty("R97", Role.OFFICE_ADMINISTRATOR),
    Action.READ_DIRECTORY: _duty("R96", Role.SERVICE),
    Action.JOIN_CRM: _duty("R97"),
    Action.WRITE_ROUTING: _duty("R102", Role.SERVICE_OWNER),
    Action.APPROVE_ROUTING: _duty("R102", Role.SERVICE_OWNER, Role.TOP_MANAGEMENT),
    Action.REHEARSE_CALL: _duty("R101", *_ON_THE_PHONE, Role.OFFICE_ADMINISTRATOR),
    Action.KEEP_ROSTER: _duty("R105", Role.SERVICE_OWNER, Role.OFFICE_ADMINISTRATOR),
    Action.TAKE_BREAK: _duty("R105", *_ON_THE_PHONE),
    Action.READ_CALL: _duty("R104", *_ON_THE_PHONE, Role.QUALITY_CONTROLLER),
    Action.HEAR_RECORDING: _duty("R9", Role.SERVICE_OWNER, Role.CONFLICT_MANAGER, Role.QUALITY_CONTROLLER),
    Action.CALL_BACK: _duty("R104", *_ON_THE_PHONE),
    Action.KEEP_WEBHOOKS: _duty("R9", Role.OFFICE_ADMINISTRATOR),
    Action.CHECK_QUALITY: replace(_duty("R8", Role.QUALITY_CONTROLLER), never=CONTROLLED, never_rule="R9"),
}


def rule_against(actor: Actor, action: Action) -> str | None:
    """The rule by which this actor may not do it; None when he may.

    Roles are judged here once more, since a token of somebody else's issuer never met the check at the grant (R9).
    """
    duty = DUTIES[action]
    if actor.has(*duty.never):
        return duty.never_rule
    if not actor.has(*duty.roles):
        return duty.rule
    if actor.grade is not BUYER_GRADE and not actor.has(*duty.roles - {Role.BUYER}):
        return "R4"
    return None


def may(actor: Actor, action: Action) -> bool:
    """Whether the actor may do it."""
    return rule_against(actor, action) is None


def may_approve(approver_id: str, requester_id: str) -> bool:
    """Nobody approves what he himself asked for (R80, forbidden pairs)."""
    return approver_id != requester_id


def overridable_by(action: Action) -> tuple[str, ...]:
    """The roles to turn to, for a refusal's text."""
    return tuple(sorted(DUTIES[action].roles - MACHINES))
