"""The tree of a feed's categories, bounded."""

from dataclasses import dataclass, field

MOST_GROUPS = 50_000
LONGEST_NAME = 100
DEEPEST = 8


@dataclass
class Groups:
    """Names and parents by id; what comes beyond the bound is not known."""

    _known: dict[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    _paths: dict[str, str] = field(default_factory=dict[str, str])

    def add(self, group_id: str, name: str, parent_id: str) -> None:
        if len(self._known) < MOST_GROUPS:
            self._known[group_id.strip()] = (name[:LONGEST_NAME], parent_id.strip())

    def path(self, group_id: str) -> str:
        """`A / B / C`; empty for a group that nobody described."""
        if group_id not in self._paths:
            self._paths[group_id] = " / ".join(self._names(group_id))
        return self._paths[group_id]

    def _names(self, group_id: str) -> list[str]:
        names: list[str] = []
        while len(names) < DEEPEST and group_id in self._known:
            name, group_id = self._known[group_id]
            names.insert(0, name)
        return names
