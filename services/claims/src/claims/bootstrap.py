"""The composition root of claims."""

from functools import partial

from chassis.chassis import Chassis, Parts
from chassis.handling import Decider
from chassis.shops import Shops, Unheard

from claims.adapters import documents
from claims.adapters.files import GridFiles, MemoryFiles
from claims.adapters.letters import JinjaLetters
from claims.adapters.orders import HttpOrders
from claims.application import announcements
from claims.application.assigning import Assigning
from claims.application.claiming import Claiming
from claims.application.evidence import Evidence
from claims.application.following import MEMBERS, SHOPS
from claims.application.forgetting import Forgetting
from claims.application.keeping import Sweep
from claims.application.reporting import Reporting
from claims.application.reviewing import Reviewing
from claims.application.writing import Writing
from claims.domain import review
from claims.domain.changes import Change
from claims.domain.claim import Claim
from claims.domain.commands import Command
from claims.domain.deadlines import deadlines
from claims.domain.decider import decide
from claims.domain.evolving import evolve
from claims.domain.policies import Policy
from claims.entrypoints import (
    http_claims,
    http_decisions,
    http_evidence,
    http_letters,
    http_reviews,
    http_talks,
)
from claims.entrypoints.subscribers import reactions
from claims.settings import ClaimsSettings


def compose(chassis: Chassis, settings: ClaimsSettings) -> Parts:
    """Claims, wired."""
    policy = settings.policy
    claims, reviews = chassis.store(documents.CLAIMS), chassis.store(documents.REVIEWS)
    members, shops_kept = chassis.store(documents.MEMBERS), chassis.store(documents.SHOPS)
    shops = Shops(shops_kept, Unheard(zone=policy.zone))
    assigning = Assigning(members, shops, claims, policy)
    files = MemoryFiles() if chassis.database is None else GridFiles(chassis.database)
    handle = chassis.handler(claims_by(policy), claims)
    orders = HttpOrders(chassis.peers)
    claiming = Claiming(handle, assigning, orders, files)
    reviewing = Reviewing(chassis.handler(reviews_by(policy), reviews), claiming)
    sweep = Sweep(files, claims, chassis.clock)
    return Parts(
        routers=(
            http_claims.router,
            http_talks.router,
            http_decisions.router,
            http_evidence.router,
            http_letters.router,
            http_reviews.router,
            http_reviews.reports,
        ),
        reactions=reactions,
        wired={
            "policy": policy,
            "claims": claims,
            "reviews": reviews,
            "claiming": claiming,
            "assigning": assigning,
            "reviewing": reviewing,
            "forgetting": Forgetting(claims, claiming, orders),
            "files": files,
            "sweep": sweep,
            "evidence": Evidence(claiming, files, settings.evidence_largest),
            "writing": Writing(claiming, JinjaLetters(), settings.claim_shop_name, policy.zone),
            "reporting": Reporting(claims, reviews),
            "hear_member": chassis.handler(MEMBERS, members),
            "hear_shop": chassis.handler(SHOPS, shops_kept),
        },
        deadlines=(
            chassis.deadlines(claims, claiming.on_deadline),
            chassis.deadlines(reviews, reviewing.on_deadline),
        ),
        tasks=(sweep.forever,),
        starting=(files.prepare,),
        larger_bodies={"/claims/{claim_id}/evidence": settings.evidence_largest + 1},
    )


def claims_by(policy: Policy) -> Decider[Command, Claim, Change]:
    """The rules of claims, under what the shop set."""
    return Decider(
        lambda command: command.claim_id,
        partial(decide, policy),
        evolve,
        announcements.of_claim,
        deadlines,
    )


def reviews_by(policy: Policy) -> Decider[review.Command, review.Review, review.Change]:
    """The rules of reviews."""
    return Decider(
        lambda command: command.review_id,
        partial(review.decide, policy),
        review.evolve,
        announcements.of_review,
        review.deadlines,
    )
