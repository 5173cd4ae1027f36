"""Agreements as kept: each under the digest of what it says, written once and never again (R60)."""

from dataclasses import dataclass

from logistics.domain.agreement import Agreement


@dataclass(frozen=True, slots=True)
class KeepAgreement:
    digest: str
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class AgreementKept:
    agreement: Agreement


def decide(command: KeepAgreement, kept: Agreement | None) -> list[AgreementKept]:
    """What lies under a digest stays."""
    return [] if kept is not None else [AgreementKept(command.agreement)]


def evolve(kept: Agreement | None, change: AgreementKept) -> Agreement:
    """It is as it was written."""
    return kept or change.agreement
