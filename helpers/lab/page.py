"""JupyterLab's page, where JupyterLab alone would open on nothing."""

from jupyterlab_server.handlers import LabHandler
from jupyterlab_server.workspaces_handler import WorkspacesManager
from tornado import web

from . import workspace

PATTERN = r"/lab(?:/workspaces/(?P<name>auto-[a-zA-Z0-9]))?"


class CoursePage(LabHandler):
    """The page at /lab, and the one to which JupyterLab sends a second tab: /lab/workspaces/auto-X?reset.

    Both open on the course, except where something of the learner's was left open: that stays.
    """

    @web.authenticated
    def get(self, name: str | None = None) -> None:
        if name and self.get_query_argument("reset", None) is not None:
            as_in_the_first_tab = f"?clone={workspace.NAME}" if self._is_empty(name) else ""
            self.redirect(self.request.path + as_in_the_first_tab)
        elif not name and not self.request.query and self._is_empty("default"):
            self.redirect(self.base_url.rstrip("/") + workspace.URL)
        else:
            super().get(workspace=name)

    def _is_empty(self, name: str) -> bool:
        """Whether the workspace of this name is not there, damaged, or has nothing open."""
        try:
            return workspace.is_empty(WorkspacesManager(self.extensionapp.workspaces_dir).load(name))
        except (ValueError, LookupError, TypeError, AttributeError):
            return True
