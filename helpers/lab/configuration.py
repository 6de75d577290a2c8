"""How JupyterLab is set up for the course, whoever starts it."""

from traitlets.config import Config

from . import folders, page, state, workspace


def course(place: folders.Place) -> Config:
    """Everything that differs from JupyterLab's own defaults."""
    config = Config()
    config.Application.log_level = "WARN"

    config.ServerApp.root_dir = str(place.root)
    config.ServerApp.contents_manager_class = "helpers.lab.contents.OneFolder"
    config.ServerApp.terminals_enabled = False
    config.ServerApp.allow_root = True

    config.OneFolder.folder = place.folder
    config.OneFolder.preferred_dir = place.folder

    config.MappingKernelManager.transport_encryption = "auto"
    config.LanguageServerManager.autodetect = False  # it would ask npm, which writes to the home

    config.LabApp.default_url = workspace.URL
    config.LabServerApp.handlers = [(page.PATTERN, page.CoursePage)]
    config.LabApp.workspaces_dir = str(state.workspaces(place.state))
    config.LabApp.user_settings_dir = str(state.user_settings(place.state))
    return config
