"""Each call asks for a word that no page has."""

UNIT = "KiB"
GIVEN = {"load_index": dict}


def call(page, n):
    assert page.pages_with(f"word-{n}") == []
