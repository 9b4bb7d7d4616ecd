"""The model: what happens in one file, as facts. It imports only `ast` and holds no opinion."""

from .build import build
from .model import Model, by_last_name
from .place import Place, Reference, Use
from .scope import Binding, Scope

__all__ = ["Binding", "Model", "Place", "Reference", "Scope", "Use", "build", "by_last_name"]
