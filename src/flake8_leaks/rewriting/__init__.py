"""Changing source code with libcst: the tree of a file, the changes that fixes make to it, and how they are applied."""
