"""A module-level dict gains an entry for each user and never loses one."""

import gc


class Profile:
    def __init__(self, user_id):
        self.greeting = f"Hello, {user_id}!"


_PROFILES = {}


def profile(user_id):
    if user_id not in _PROFILES:
        _PROFILES[user_id] = Profile(user_id)  # LEK101
    return _PROFILES[user_id]


if __name__ == "__main__":
    for day in range(1, 4):
        for visitor in range(2000):
            profile(f"user-{day}-{visitor}")
        print(f"day {day}, profiles kept: {sum(isinstance(thing, Profile) for thing in gc.get_objects())}")
