"""Each call is a card that comes to one desk."""

UNIT = "KiB"


def prepare(page):
    page.desk = page.Desk()


def call(page, n):
    page.desk.on_card({"number": n})
    assert page.desk.last()["number"] == n
