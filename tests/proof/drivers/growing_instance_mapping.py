"""Each call is another address, and `page.menus` lives as long as the process."""

UNIT = "KiB"
GIVEN = {"read_menu": lambda url: [f"soup of {url}"]}


def prepare(page):
    page.menus = page.Menus()


def call(page, n):
    page.menus.menu(f"https://menus.example/{n}")
