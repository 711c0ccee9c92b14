"""A place where a translation does not say what its source says."""

from __future__ import annotations

from dataclasses import dataclass

from atlas.article import Remark
from atlas.fault import Fault


@dataclass(frozen=True, order=True)
class Finding:
    """``certain``: no reading of the two texts makes this right. ``field`` is the section of a page or the way to a text of a record."""

    file: str
    line: int
    column: int
    field: str
    what: str
    got: str
    mend: str
    certain: bool
    form: str = ""
    """What stands at the place, as it is written; empty where something is missing."""

    def fault(self) -> Fault:
        """As something that stops the build."""
        return Fault(self.file, self.line, self.column, self.field, self.what, self.got, self.mend)

    def remark(self) -> Remark:
        """As something to look at."""
        return Remark(self.file, self.line, f"{self.field}: {self.what} (got {self.got}). {self.mend}", self.column)
