"""The things of crm, each with its pure rules and what it announces."""

from collections.abc import Sequence

from chassis.handling import Decider
from contracts.fact import Fact

from crm.application.announcements import (
    announce_form,
    announce_lead,
    announce_shop,
    announce_staff,
    announce_stages,
)
from crm.application.announcing_customers import announce_customer
from crm.domain import customer as c
from crm.domain import customer_decider, customer_evolving, lead_decider, lead_evolving, lead_stages, staffing
from crm.domain import families as f
from crm.domain import keyring as k
from crm.domain import lead as le
from crm.domain import lockout as lo
from crm.domain import note_form as nf
from crm.domain import secrets as se
from crm.domain import shop as sh
from crm.domain import staff_changes as sc
from crm.domain import staff_commands as s
from crm.domain.staff import Staff

RING = "ring"


def tell_nobody(change: object, state: object) -> Sequence[Fact]:
    """What concerns nobody outside is told to nobody."""
    del change, state
    return ()


SHOP: Decider[sh.DescribeShop, sh.Shop, sh.Change] = Decider(
    lambda command: command.shop.shop_id, sh.decide, sh.evolve, announce_shop, sh.deadlines
)
STAFF: Decider[s.Command, Staff, sc.Change] = Decider(
    lambda command: command.staff_id, staffing.decide, staffing.evolve, announce_staff, staffing.deadlines
)
CUSTOMER: Decider[c.Command, c.Customer, c.Change] = Decider(
    lambda command: command.customer_id,
    customer_decider.decide,
    customer_evolving.evolve,
    announce_customer,
    customer_decider.deadlines,
)
LEAD: Decider[le.Command, le.Lead, le.Change] = Decider(
    lambda command: command.lead.lead_id if isinstance(command, le.OpenLead) else command.lead_id,
    lead_decider.decide,
    lead_evolving.evolve,
    announce_lead,
    lead_decider.deadlines,
)
LEAD_STAGES: Decider[lead_stages.DescribeStages, lead_stages.LeadStages, lead_stages.Change] = Decider(
    lambda command: command.stages.shop_id,
    lead_stages.decide,
    lead_stages.evolve,
    announce_stages,
    lead_stages.deadlines,
)
NOTE_FORM: Decider[nf.DescribeForm, nf.NoteForm, nf.Change] = Decider(
    lambda command: command.form.shop_id, nf.decide, nf.evolve, announce_form, nf.deadlines
)
LOCKOUT: Decider[lo.NoteAttempt, lo.Lockout, lo.Change] = Decider(
    lambda command: command.door, lo.decide, lo.evolve, tell_nobody, lo.deadlines
)
SECRET: Decider[se.SetSecret, se.Secret, se.SecretSet] = Decider(
    lambda command: command.secret.who, se.decide, se.evolve, tell_nobody, se.deadlines
)
FAMILY: Decider[f.Command, f.Family, f.Change] = Decider(
    lambda command: command.family_id, f.decide, f.evolve, tell_nobody, f.deadlines
)
KEYRING: Decider[k.Rotate, k.Ring, k.Rotated] = Decider(
    lambda _: RING, k.decide, k.evolve, tell_nobody, k.deadlines
)
