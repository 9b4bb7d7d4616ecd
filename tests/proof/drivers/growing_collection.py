"""Each call searches another folder. Fewer calls than elsewhere: each asks the whole list.

`pathlib.Path` is stood in for: that of Python 3.12 keeps the names of all paths that it ever parsed.
"""

UNIT = "KiB"
CALLS = 200
WARM_UP = 220


class Folder:
    def __init__(self, name):
        self.name = name

    def iterdir(self):
        return iter([self.name])


def call(page, n):
    assert page.search(Folder(f"folder-{n}")) == [f"folder-{n}"]
