"""The model: what happens in one file, as facts. It imports only `ast` and holds no opinion."""

from .binding import Binding
from .build import build
from .flow import Duties, Flow, Way
from .model import Model, by_last_name
from .place import Place, Reference
from .scope import CLASS, FUNCTION, Scope
from .use import Use

__all__ = [
    "CLASS", "FUNCTION", "Binding", "Duties", "Flow", "Model", "Place", "Reference", "Scope", "Use", "Way", "build",
    "by_last_name",
]  # fmt: skip
