"""The small world that tests of orders are told in: brass lamps, and the people who sell them."""
