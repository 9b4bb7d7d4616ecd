"""The result is kept on the instance, and dies with it."""

import gc
from functools import cached_property


class Report:
    def __init__(self, rows):
        self.rows = rows

    @cached_property
    def total(self):
        return sum(self.rows)


def summary(rows):
    return f"total {Report(rows).total}"


if __name__ == "__main__":
    for day in range(1, 4):
        for number in range(100):
            summary([day, number])
        print(f"day {day}, reports alive: {sum(isinstance(thing, Report) for thing in gc.get_objects())}")
