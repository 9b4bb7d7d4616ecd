"""A module-level dict gains an entry for each user and never loses one."""

_PROFILES = {}


def profile(user_id):
    if user_id not in _PROFILES:
        _PROFILES[user_id] = {"id": user_id, "greeting": f"Hello, {user_id}!"}  # LEK101
    return _PROFILES[user_id]


if __name__ == "__main__":
    for day in range(1, 4):
        for visitor in range(1000):
            profile(f"user-{day}-{visitor}")
        print(f"day {day}, profiles kept: {len(_PROFILES)}")
