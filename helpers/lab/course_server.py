"""Jupyter's server, as the lab and a class's learners have it."""

from inspect import isawaitable

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.serverapp import ServerApp
from tornado.httputil import HTTPServerRequest
from tornado.web import HTTPError

from .before_login import BodyLimit

EXTENSIONS = ("jupyterlab", "jupyter_lsp", "jupyter_server_terminals")


class CourseServer(ServerApp):
    """Does what `configuration` says, whatever settings lie around; and takes little of those who are not logged in."""

    @property
    def config_file_paths(self) -> list[str]:
        return []

    def find_server_extensions(self) -> None:
        self.jpserver_extensions.update(dict.fromkeys(EXTENSIONS, True))

    def init_httpserver(self) -> None:
        super().init_httpserver()
        self.http_server.request_callback = BodyLimit(self.web_app, self._is_logged_in)

    async def _is_logged_in(self, request: HTTPServerRequest) -> bool:
        try:
            user = self.identity_provider.get_user(JupyterHandler(self.web_app, request))
            if isawaitable(user):
                user = await user
        except HTTPError:
            return False
        return user is not None
