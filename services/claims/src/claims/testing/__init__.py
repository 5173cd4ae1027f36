"""The small world of claims: Maria's lamp does not burn, Kostya settles it."""
