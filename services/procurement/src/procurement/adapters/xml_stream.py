"""XML read as a stream, in bounded memory, whatever its size. Nothing outside the file is ever fetched and no entity
expanded; a file that declares entities is refused.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

etree: Any = import_module("lxml.etree")
"""lxml ships no types; what is used of it is `Element` below."""

LONGEST_TEXT = 2000
MOST_INSIDE = 100_000
"""More elements than this inside of one offer (or in the tree of groups) are no catalogue's."""


class Element(Protocol):
    """An element of lxml."""

    tag: object
    sourceline: int | None
    attrib: Mapping[str, str]

    def __iter__(self) -> Iterator["Element"]: ...
    def __delitem__(self, place: int) -> None: ...
    def get(self, name: str, default: str) -> str: ...
    def getparent(self) -> "Element | None": ...
    def getprevious(self) -> "Element | None": ...
    def getroottree(self) -> Any: ...
    def itertext(self) -> Iterator[str]: ...
    def clear(self, *, keep_tail: bool) -> None: ...


class XmlBroken(Exception):
    """The file can't be read any further: where, and why."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line, self.reason = line, reason


@dataclass
class XmlStream:
    """Elements as they end, with all that is in them: those of the names `wanted`, the outermost first. Everything else is
    forgotten as it is read. `begun`: names whose beginning, with its attributes, is told, too; the root's always is.
    """

    path: Path
    encoding: str | None
    wanted: Collection[str]
    begun: Collection[str] = ()
    line: int = 0
    _open: int = field(default=0, init=False)
    _inside: int = field(default=0, init=False)

    def __iter__(self) -> Iterator[tuple[str, Element]]:
        """`start` or `end`, and the element. Raise `XmlBroken`."""
        try:
            with self.path.open("rb") as file:
                yield from self._told(self._parsed(file))
        except SyntaxError as broken:  # what lxml raises
            raise XmlBroken(broken.lineno or self.line, str(broken.msg or "not XML")[:200]) from None

    def _parsed(self, file: Any) -> Iterable[tuple[str, Element]]:
        return etree.iterparse(
            file,
            events=("start", "end"),
            load_dtd=False,
            no_network=True,
            resolve_entities=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
            encoding=self.encoding,
        )

    def _told(self, parsed: Iterable[tuple[str, Element]]) -> Iterator[tuple[str, Element]]:
        root = True
        for event, element in parsed:
            name = named(element)
            if event == "start":
                if root:
                    self.line, root = element.sourceline or 0, False
                    self._refuse_entities(element)
                    yield event, element
                elif name in self.begun:
                    yield event, element
                self._enter(name)
            elif self._leave(name):
                self.line = element.sourceline or self.line
                yield event, element
                forget(element)
            elif not self._open:
                forget(element)

    def _enter(self, name: str) -> None:
        self._open += name in self.wanted
        self._inside = self._inside + 1 if self._open else 0
        if self._inside > MOST_INSIDE:
            raise XmlBroken(self.line, f"more than {MOST_INSIDE} elements inside of one <{name[:40]}>")

    def _leave(self, name: str) -> bool:
        if name not in self.wanted:
            return False
        self._open -= 1
        self._inside = self._inside if self._open else 0
        return self._open == 0

    def _refuse_entities(self, root: Element) -> None:
        declared = root.getroottree().docinfo.internalDTD
        if declared is not None and any(True for _ in declared.iterentities()):
            raise XmlBroken(self.line, "the file declares entities of its own, which no catalogue needs")


def named(element: Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def text_of(element: Element) -> str:
    """All of an element's text, blanks between words counted once."""
    return " ".join("".join(str(text) for text in element.itertext()).split())[:LONGEST_TEXT]


def forget(element: Element) -> None:
    """Let go of what was read, and of what stood before it."""
    element.clear(keep_tail=False)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def root_of(path: Path, encoding: str | None) -> str:
    """The name of the file's root; empty when it is not XML."""
    try:
        for _, root in XmlStream(path, encoding, ()):
            return named(root)
    except XmlBroken:
        return ""
    return ""
