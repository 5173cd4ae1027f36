"""The small world of quality's tests."""
