"""A memoizer on a method keeps every instance alive."""

import gc
from functools import cache


class Report:
    def __init__(self, rows):
        self.rows = rows

    @cache  # LEK103
    def total(self):
        return sum(self.rows)


def summary(rows):
    return f"total {Report(rows).total()}"


if __name__ == "__main__":
    for day in range(1, 4):
        for number in range(100):
            summary([day, number])
        print(f"day {day}, reports alive: {sum(isinstance(thing, Report) for thing in gc.get_objects())}")
