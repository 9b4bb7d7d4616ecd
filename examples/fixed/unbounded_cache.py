"""The cache has a bound: the entry that was not used for longest makes room."""

import gc
from functools import lru_cache


class Profile:
    def __init__(self, user_id):
        self.greeting = f"Hello, {user_id}!"


@lru_cache(maxsize=1024)
def profile(user_id):
    return Profile(user_id)


if __name__ == "__main__":
    for day in range(1, 4):
        for visitor in range(2000):
            profile(f"user-{day}-{visitor}")
        print(f"day {day}, profiles kept: {sum(isinstance(thing, Profile) for thing in gc.get_objects())}")
