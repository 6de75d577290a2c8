"""JupyterLab's page, where JupyterLab alone would open on nothing."""

from jupyterlab_server.handlers import LabHandler
from jupyterlab_server.workspaces_handler import WorkspacesManager
from tornado import web

from . import workspace

URL_PATTERN = r"/lab(?:/workspaces/(?P<name>auto-[a-zA-Z0-9]))?"


class CoursePage(LabHandler):
    """The page at /lab, and the one to which JupyterLab sends a second tab: /lab/workspaces/auto-X?reset.

    Both open on the course, except where something of the learner's was left open: that stays.
    """

    @web.authenticated
    def get(self, name: str | None = None) -> None:
        if name and self.get_query_argument("reset", None) is not None:
            url = self.request.path
            if self._is_empty(name):
                url += f"?clone={workspace.NAME}"  # as in the first tab
            self.redirect(url)
        elif not name and not self.request.query and self._is_empty("default"):
            self.redirect(self.base_url.rstrip("/") + workspace.URL)
        else:
            super().get(workspace=name)

    def _is_empty(self, name: str) -> bool:
        """Whether the workspace of this name is not there, damaged, or has nothing open."""
        try:
            folder = self.extensionapp.workspaces_dir  # type: ignore[attr-defined]
            return workspace.is_empty(WorkspacesManager(folder).load(name))
        except (OSError, RecursionError, ValueError, LookupError, TypeError, AttributeError):
            return True
