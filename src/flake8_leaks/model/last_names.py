"""Library names by the last of their parts, as `Model.called` asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

_NOTHING: Mapping[str, str] = MappingProxyType({})


class LastNames(dict[str, list[str]]):
    """Last name -> the qualified names that end in it.

    returns: function -> the type that it returns, for methods of what a call hands out.
    """

    def __init__(self, names: Iterable[str], returns: Mapping[str, str] = _NOTHING) -> None:
        for name in names:
            self.setdefault(name.removesuffix("()").rpartition(".")[2], []).append(name)
        self.returns = returns
        self._roots: dict[str, frozenset[str]] = {}
        self._makers: list[tuple[str, str]] | None = None

    def roots(self, last: str) -> frozenset[str]:
        """The modules of which a file must import one, or `builtins`, for a last name to mean one of its names."""
        found = self._roots.get(last)
        if found is None:
            modules = {_root(name) for name in self[last]}
            modules |= {maker for made, maker in self._crossings() if made in modules}
            found = self._roots[last] = frozenset(modules)
        return found

    def _crossings(self) -> list[tuple[str, str]]:
        """Where a function of one module makes what is another's, as `ssl.wrap_socket` makes a socket: those two."""
        if self._makers is None:
            rows = [(_root(made), _root(maker)) for maker, made in self.returns.items()]
            self._makers = [(made, maker) for made, maker in rows if made != maker]
        return self._makers


def _root(name: str) -> str:
    return name.partition(".")[0]
