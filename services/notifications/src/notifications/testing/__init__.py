"""The small world that notifications is told in: Maria ordered brass lamps."""
