"""What stands on the screen when the course is opened for the first time."""

from jupyterlab_server.workspaces_handler import WORKSPACE_EXTENSION, slugify

NAME = "lab3_Generalizing_Gradient_Descent"
FILE_NAME = slugify(NAME) + WORKSPACE_EXTENSION
URL = f"/lab/workspaces/{NAME}"
FIRST_NOTEBOOK = "1_multiple_inputs.ipynb"


def layout() -> dict:
    """The first notebook alone (each open notebook starts a kernel), the file browser beside it."""
    notebook = f"notebook:{FIRST_NOTEBOOK}"
    return {
        "metadata": {"id": NAME},
        "data": {
            notebook: {"data": {"path": FIRST_NOTEBOOK, "factory": "Notebook"}},
            "file-browser-filebrowser:cwd": {"path": ""},
            "layout-restorer:data": {
                "main": {
                    "dock": {"type": "tab-area", "currentIndex": 0, "widgets": [notebook]},
                    "current": notebook,
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
