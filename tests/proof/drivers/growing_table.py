"""Each call is another language, as if they came from input."""

UNIT = "KiB"
GIVEN = {"read_catalogue": lambda language: {"yes": f"yes in {language}"}}


def call(page, n):
    page.catalogue(f"language-{n}")
