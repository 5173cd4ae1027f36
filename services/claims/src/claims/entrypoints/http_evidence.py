"""Evidence over HTTP: a file is the request's body, its name a header; what it is its content tells."""

import hashlib
from typing import Annotated
from urllib.parse import quote, unquote

from chassis.http.asking import Asking
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from fastapi import APIRouter, Header, Path, Request
from fastapi.responses import Response
from kernel.refused_duty import NotYourDuty
from pydantic import BaseModel

from claims.domain.refusals import (
    NotInvited,
    PersonErased,
    TooMuchEvidence,
    UnknownClaim,
    UnknownEvidence,
    UnknownType,
)
from claims.entrypoints.wired import OF_A_CLAIM, ClaimId, Files

router = APIRouter(prefix="/claims", tags=["evidence"])

EvidenceId = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]
LONGEST_NAME = 200


class Given(BaseModel):
    """By which the same file is told from another one that comes under a key that was used."""

    name: str
    digest: str


@router.post(
    "/{claim_id}/evidence",
    status_code=201,
    responses=refusals(*OF_A_CLAIM, UnknownType, TooMuchEvidence, PersonErased),
    openapi_extra={
        "requestBody": {
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
        }
    },
)
async def add_evidence(
    claim_id: ClaimId,
    request: Request,
    asked: Asking,
    evidence: Files,
    file_name: Annotated[
        str, Header(alias="X-File-Name", max_length=1000, description="Percent-encoded; sealed.")
    ] = "",
) -> ReceiptOut:
    """Photos, videos, PDF or plain text, by content; the same content twice is one file."""
    content = await request.body()
    name = unquote(file_name)[:LONGEST_NAME]
    given = Given(name=name, digest=hashlib.sha256(content).hexdigest())
    return receipt(await evidence.add(claim_id, name, content, asked.actor, asked.occasion(given)))


@router.get(
    "/{claim_id}/evidence/{evidence_id}",
    response_class=Response,
    responses=refusals(UnknownClaim, UnknownEvidence, NotYourDuty, NotInvited),
)
async def read_evidence(
    claim_id: ClaimId, evidence_id: EvidenceId, asked: Asking, evidence: Files
) -> Response:
    """The file, to be saved and never shown by a browser; the look is recorded."""
    proof, content = await evidence.look(claim_id, evidence_id, asked.actor, asked.occasion())
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(proof.name or proof.evidence_id, safe='')}",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=proof.media_type, headers=headers)
