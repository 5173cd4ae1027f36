"""What staff note of a customer over HTTP: his type and what he needs (R109-R111)."""

from chassis.http.asking import Asking
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from fastapi import APIRouter
from kernel.personal import Personal
from kernel.refused_duty import NotYourDuty

from crm.domain.refusals import (
    CustomerErased,
    CustomerMerged,
    NotesChanged,
    TypesNotKept,
    UnknownCustomer,
    UnknownType,
)
from crm.entrypoints.customer_models import CustomerId
from crm.entrypoints.note_models import Notes, NotesIn, NotesLookIn, NotesOut, notes_out

router = APIRouter(prefix="/customers/{customer_id}", tags=["notes on customers"])
ALWAYS = (UnknownCustomer, CustomerErased, CustomerMerged, NotYourDuty)


@router.post("/notes", responses=refusals(*ALWAYS, NotesChanged, TypesNotKept, UnknownType))
async def write_notes(customer_id: CustomerId, body: NotesIn, asked: Asking, notes: Notes) -> ReceiptOut:
    """His type, and what he said of his situation, his problem, what comes of it, what a solution would be worth."""
    done = await notes.write(customer_id, body.said(), body.revision, asked.occasion(body))
    return receipt(done)


@router.post("/notes:read", responses=refusals(*ALWAYS))
async def read_notes(customer_id: CustomerId, body: NotesLookIn, asked: Asking, notes: Notes) -> NotesOut:
    """All that is noted, with who wrote it. A look that is written down, once in an hour of the same person and reason."""
    found = await notes.read(customer_id, body.staff_id, Personal(body.reason), asked.occasion(body))
    return notes_out(*found)
