"""Each call sums a tree of two nodes."""

UNIT = "KiB"
COLLECTOR = False


class Node:
    def __init__(self, *children):
        self.children = children


LEAF = Node()
TREE = Node(LEAF)


def call(page, n):
    assert page.total(TREE, {TREE: n, LEAF: 1}) == n + 1
