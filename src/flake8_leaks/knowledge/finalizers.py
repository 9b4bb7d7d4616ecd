"""What waits for the end of an object, and holds what it is to do then strongly.

Sources: the library reference of Python 3.13 (weakref), the source of multiprocessing.util; each run on 3.10 to 3.13.
"""

from __future__ import annotations

#: (object, function, *arguments): the function and the arguments are kept until the object is gone.
FINALIZERS: frozenset[str] = frozenset({"weakref.finalize", "multiprocessing.util.Finalize"})
#: (object, callback): the callback is kept as long as the reference is.
REFERENCES: frozenset[str] = frozenset({"weakref.ref", "weakref.proxy", "weakref.WeakMethod"})
#: Calls whose methods, read from the result, are bound to the object itself.
PROXIES: frozenset[str] = frozenset({"weakref.proxy"})
#: Mappings that wait for the end of their keys and hold the values.
WEAK_KEYS: frozenset[str] = frozenset({"weakref.WeakKeyDictionary"})
#: Mappings that wait for the end of their values and hold the keys.
WEAK_VALUES: frozenset[str] = frozenset({"weakref.WeakValueDictionary"})
