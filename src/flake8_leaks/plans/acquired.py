"""Which acquisition is a finding about?"""

from __future__ import annotations

import ast

from ..judgements.acquisitions import Acquisition
from ..judgements.instances import acquisitions
from ..rule import File, Unfixable


def acquired(file: File, call: ast.AST) -> Acquisition:
    """The acquisition of one call; Unfixable where it is none of a local name's."""
    found = next((made for made in acquisitions(file) if made.call is call), None)
    if found is None:
        raise Unfixable("an object keeps it")
    return found
