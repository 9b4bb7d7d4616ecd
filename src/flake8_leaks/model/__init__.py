"""The model: what happens in one file, as facts. It imports only `ast` and holds no opinion."""

from .binding import Binding
from .build import build
from .flow import Duties, Flow, Way
from .last_names import LastNames
from .model import Model
from .place import Place, Reference
from .scope import CLASS, FUNCTION, Scope
from .use import Use

__all__ = [
    "CLASS", "FUNCTION", "Binding", "Duties", "Flow", "LastNames", "Model", "Place", "Reference", "Scope", "Use",
    "Way", "build",
]  # fmt: skip
