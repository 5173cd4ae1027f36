"""The small world in which calls are tried."""
