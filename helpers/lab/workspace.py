"""What stands on the screen when the course is opened for the first time."""

from typing import Any

NAME = "lab3_Generalizing_Gradient_Descent"
URL = f"/lab/workspaces/{NAME}"
FIRST_NOTEBOOK = "1_multiple_inputs.ipynb"
WELCOME = "Welcome.md"


def file_name() -> str:
    """JupyterLab's name for the file of this workspace."""
    from jupyterlab_server.workspaces_handler import WORKSPACE_EXTENSION, slugify  # only now: it takes a second to load

    return slugify(NAME) + WORKSPACE_EXTENSION


def is_layout(content: Any) -> bool:
    """Whether this, from a workspace's file, is a layout that JupyterLab can open."""
    return isinstance(content, dict) and all(isinstance(content.get(part), dict) for part in ("data", "metadata"))


def is_empty(layout: dict) -> bool:
    """Whether a layout that JupyterLab has saved has no tab that it would open again."""
    tabs = layout["data"].get("layout-restorer:data", {}).get("main", {}).get("dock") or {}
    return not (tabs.get("widgets") or tabs.get("children"))


def layout(folder: str) -> dict:
    """The first notebook in front (each open notebook starts a kernel), the welcome and the file browser beside it."""
    notebook, welcome = f"{folder}/{FIRST_NOTEBOOK}", f"{folder}/{WELCOME}"
    tabs = [f"notebook:{notebook}", f"markdownviewer-widget:{welcome}"]
    return {
        "metadata": {"id": NAME},
        "data": {
            tabs[0]: {"data": {"path": notebook, "factory": "Notebook"}},
            tabs[1]: {"data": {"path": welcome, "factory": "Markdown Preview"}},
            "file-browser-filebrowser:cwd": {"path": folder},
            "layout-restorer:data": {
                "main": {
                    "dock": {"type": "tab-area", "currentIndex": 0, "widgets": tabs},
                    "current": tabs[0],
                },
                "left": {
                    "collapsed": False,
                    "visible": True,
                    "current": "filebrowser",
                    "widgets": ["filebrowser"],
                },
                "right": {"collapsed": True, "visible": True, "widgets": []},
                "relativeSizes": [0.2, 0.8, 0],
            },
        },
    }
