"""Each call makes a scaler, which is kept, of a table, which is not.

pandas is stood in for: it is heavy, and what a closure keeps is Python's doing. The table is an object with a column
that knows its maximum.
"""

import sys
from types import SimpleNamespace

from scenery import living

UNIT = "tables"
SCALERS = []


class Column(list):
    def max(self):
        return max(self)


class DataFrame(dict):
    pass


sys.modules["pandas"] = SimpleNamespace(DataFrame=DataFrame)


def reading():
    return living(DataFrame)


def call(page, n):
    SCALERS.append(page.make_scaler(DataFrame(price=Column([n, 2 * n]))))
    assert SCALERS[-1](n) == 0.5
