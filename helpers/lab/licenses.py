"""What JupyterLab shows under Help > Licenses."""

from asyncio import Future

from jupyter_server.extension.handler import ExtensionHandlerMixin
from jupyterlab_server.licenses_handler import LicensesHandler, LicensesManager

URL_PATTERN = r"/lab/api/licenses/(.*)"


class Licenses(ExtensionHandlerMixin, LicensesHandler):
    """JupyterLab's own, which never answers somebody who has not logged in: nobody waits for its `finish`."""

    def initialize(self, name: str) -> None:  # type: ignore[override]
        self.name = name
        LicensesHandler.initialize(self, LicensesManager(parent=self.extensionapp))

    def finish(self, chunk: str | None = None, _mime_type: str = "application/json") -> Future[None]:  # type: ignore[override]
        self.set_header("Content-Type", _mime_type)
        return super(LicensesHandler, self).finish(chunk, set_content_type=_mime_type)
