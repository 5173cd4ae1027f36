"""Sales stops and supplier cases, each with its rules, its facts and its deadlines."""

from chassis.handling import Decider

from procurement.application import announcing_partners
from procurement.domain import sale, sale_decider

SALES: Decider[sale.Command, sale.Sale, sale.Change] = Decider(
    key=lambda command: command.product_id,
    decide=sale_decider.decide,
    evolve=sale_decider.evolve,
    announce=announcing_partners.of_sale,
    deadlines=sale_decider.deadlines,
)
