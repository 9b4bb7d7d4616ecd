"""Each call is another user's."""

UNIT = "KiB"
GIVEN = {"load_profile": lambda user_id: {"id": user_id, "greeting": f"Hello, {user_id}!"}}


def call(page, n):
    page.profile(f"user-{n}")
