"""flake8-leaks: finds memory and resource leaks in Python before they reach production."""

__version__ = "0.1.0"
