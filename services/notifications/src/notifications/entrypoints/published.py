"""Every published fact: its CloudEvents type, and the topic it is told in."""

from contracts.catalogue import facts

PUBLISHED = {each.type: each.topic for each in facts().values()}
