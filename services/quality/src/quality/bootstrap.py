"""The composition root of quality."""

from chassis.chassis import Chassis, Parts
from chassis.settings import SettingsProblem

from quality.adapters import documents
from quality.adapters.orders import OrdersContact
from quality.adapters.survey_links import BadSurveyKeys, NoLinks, SignedLinks
from quality.application import counting
from quality.application.afterwards import Afterwards, decider_of
from quality.application.calling import Calling
from quality.application.clocks import TIMER, Clocks
from quality.application.comparing import BENCHMARKS, Comparing
from quality.application.declaring import SLA, Declaring
from quality.application.digesting import DIGEST, Digesting
from quality.application.forgetting import Forgetting
from quality.application.journalling import JOURNAL, Journalling
from quality.application.knowing import SHOP, STAFF, STORY, Known
from quality.application.learning import Learning
from quality.application.limiting import LIMIT
from quality.application.measuring import MEASURE, Measuring
from quality.application.scripting import SCRIPT, Scripting
from quality.application.staffing import Staffing
from quality.domain.deciding import Deciding
from quality.entrypoints import answers, benchmarks, calls, figures, journal, scripts, slas, staffing, survey
from quality.entrypoints import digests as digests_routes
from quality.entrypoints.crm_subscribers import reactions
from quality.settings import QualitySettings


def compose(chassis: Chassis, settings: QualitySettings) -> Parts:
    """Quality, wired."""
    policy = settings.policy
    kept, stories = chassis.store(documents.CALLS), chassis.store(documents.STORIES)
    shops, staff = chassis.store(documents.SHOPS), chassis.store(documents.STAFF)
    pestering, measures = chassis.store(documents.PESTERING), chassis.store(documents.MEASURES)
    slas_kept, timers = chassis.store(documents.SLAS), chassis.store(documents.TIMERS)
    entries = chassis.store(documents.JOURNAL)
    decide = Deciding(policy)
    handle, limit = chassis.handler(decider_of(decide), kept), chassis.handler(LIMIT, pestering)
    known = Known(shops, staff, stories, policy.fallback_owner, policy.default_zone)
    journalling = Journalling(entries, chassis.handler(JOURNAL, entries))
    measuring = Measuring(kept, chassis.handler(MEASURE, measures), measures)
    clocks = Clocks(slas_kept, timers, chassis.handler(TIMER, timers), known)
    afterwards = Afterwards(kept, handle, journalling, measuring, clocks, known)
    find = OrdersContact(chassis.peers.of("orders"))
    digests = chassis.store(documents.DIGESTS)
    digesting = Digesting(kept, digests, slas_kept, chassis.handler(DIGEST, digests), known, journalling)
    hear = chassis.handler(STORY, stories)
    learning = Learning(known, kept, hear, limit, handle, policy, digesting.expect)
    declaring = Declaring(slas_kept, timers, chassis.handler(SLA, slas_kept), journalling)
    table = chassis.store(documents.BENCHMARKS)
    comparing = Comparing(table, chassis.handler(BENCHMARKS, table), journalling)
    worded = chassis.store(documents.SCRIPTS)
    scripting = Scripting(worded, chassis.handler(SCRIPT, worded), journalling)
    return Parts(
        routers=(
            calls.router,
            answers.router,
            survey.router,
            figures.router,
            staffing.router,
            slas.router,
            journal.router,
            benchmarks.router,
            digests_routes.router,
            scripts.router,
        ),
        reactions=reactions,
        wired={
            "calls": kept,
            "calling": Calling(kept, handle, decide, known, pestering, limit, find, afterwards),
            "links": links_of(settings),
            "learning": learning,
            "forgetting": Forgetting(kept, handle),
            "clocks": clocks,
            "measuring": measuring,
            "declaring": declaring,
            "comparing": comparing,
            "staffing": Staffing(kept, known, settings.calls_a_day),
            "digesting": digesting,
            "scripting": scripting,
            "scripts": worded,
            "digests": digests,
            "slas": slas_kept,
            "journalling": journalling,
            "journal_entries": entries,
            "hear_shop": chassis.handler(SHOP, shops),
            "hear_staff": chassis.handler(STAFF, staff),
        },
        deadlines=(
            chassis.deadlines(stories, learning.on_deadline),
            chassis.deadlines(kept, afterwards.on_deadline),
            chassis.deadlines(measures, measuring.on_deadline),
            chassis.deadlines(timers, clocks.on_deadline),
            chassis.deadlines(slas_kept, declaring.on_deadline),
            chassis.deadlines(table, comparing.on_deadline),
            chassis.deadlines(digests, digesting.on_deadline),
            chassis.deadlines(worded, scripting.on_deadline),
        ),
        figures=counting.figures(kept, policy.default_zone, chassis.clock),
    )


def links_of(settings: QualitySettings) -> SignedLinks | NoLinks:
    """Links signed with quality's own key; none where no key is set."""
    if settings.survey_key is None:
        return NoLinks()
    try:
        return SignedLinks.parse(settings.survey_key.get_secret_value(), settings.survey_url)
    except BadSurveyKeys as wrong:
        raise SettingsProblem(f"OPBLOK_SURVEY_KEY: {wrong}") from wrong
