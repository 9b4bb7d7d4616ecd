"""The cache has a bound: the entry that was not used for longest makes room."""

from functools import lru_cache


@lru_cache(maxsize=100)
def profile(user_id):
    return {"id": user_id, "greeting": f"Hello, {user_id}!"}


if __name__ == "__main__":
    for day in range(1, 4):
        for visitor in range(1000):
            profile(f"user-{day}-{visitor}")
        print(f"day {day}, profiles kept: {profile.cache_info().currsize}")
