"""The person goes, the case stays: what was decided, when, and the sums (152-FZ art. 21; market-facts.md 3)."""

from dataclasses import replace
from typing import Any

from kernel.refusal import Decision

from claims.domain import changes as c
from claims.domain import commands as o
from claims.domain.changes import Change
from claims.domain.claim import Claim


def forget(command: o.ForgetPerson, claim: Claim | None) -> Decision[Change]:
    """Told twice, he is forgotten once."""
    if claim is None or claim.erased_at is not None:
        return []
    return [c.PersonForgotten(command.reason, command.at)]


def note_files_removed(claim: Claim | None) -> Decision[Change]:
    """Only what was forgotten has its files removed."""
    return [c.FilesRemoved()] if claim and owes_files(claim) else []


def owes_files(claim: Claim) -> bool:
    """Whether contents of its evidence have still to go."""
    return claim.erased_at is not None and bool(claim.evidence) and not claim.files_gone


def forgotten(claim: Claim, change: c.PersonForgotten) -> dict[str, Any]:
    """Every word that he or we wrote of him is gone: his own, names of files, letters, reasons, advice, proofs."""
    ruling, demanded = claim.ruling, claim.demanded
    return {
        "erased_at": change.at,
        "cause": replace(claim.cause, words=None),
        "evidence": tuple(replace(each, name="") for each in claim.evidence),
        "letters": tuple(replace(each, text="") for each in claim.letters),
        "guests": tuple(replace(each, advice=None) for each in claim.guests),
        "ruling": replace(ruling, reason="") if ruling else None,
        "demanded": replace(demanded, proof="", application=None) if demanded else None,
    }
