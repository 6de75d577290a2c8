"""The command `lab`: JupyterLab, opened on the course."""

from .command import main

__all__ = ["main"]
