"""How often a customer is asked, kept for each customer as its own small thing (R86)."""

from chassis.handling import Decider

from quality.domain.limiter import Limiting, Pestering, PesteringChanged, evolve, limit

LIMIT: Decider[Limiting, Pestering, PesteringChanged] = Decider(
    lambda command: command.customer_id, limit, evolve, lambda _, __: (), lambda _: ()
)
