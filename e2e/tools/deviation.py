"""One difference from Envoy on purpose."""

import re
from dataclasses import dataclass
from typing import Callable

ABSENT = "absent"


@dataclass(frozen=True)
class Deviation:
    """field: the one that it masks, wherever in a case it is; holds: whether the two values differ in just this way."""

    name: str
    field: str
    why: str
    holds: Callable

    def masks(self, difference, case):
        return re.sub(r"\d+: ", ": ", difference.field, count=1) == self.field and self.holds(difference.theirs, difference.ours, case)
