"""The model: what happens in one file, as facts. It imports only `ast` and holds no opinion."""

from .binding import Binding
from .build import build
from .model import Model, by_last_name
from .place import Place, Reference
from .scope import Scope
from .use import Use

__all__ = ["Binding", "Model", "Place", "Reference", "Scope", "Use", "build", "by_last_name"]
