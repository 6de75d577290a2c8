"""How JupyterLab is set up: everything that differs from its own defaults."""

from argparse import Namespace

from jupyter_server.auth import passwd
from traitlets.config import Config

from . import cookies, folders, licenses, login, page, state, workspace


def course(place: folders.Place) -> Config:
    """For the course, whoever starts it."""
    config = Config()
    config.Application.log_level = "WARN"

    config.ServerApp.root_dir = str(place.root)
    config.ServerApp.contents_manager_class = "helpers.lab.contents.CourseContents"
    config.ServerApp.terminals_enabled = False
    config.ServerApp.allow_root = True

    config.CourseContents.folder = place.folder
    config.CourseContents.preferred_dir = place.folder

    config.MappingKernelManager.transport_encryption = "auto"
    config.LanguageServerManager.autodetect = False  # it would ask npm, which writes to the home

    config.LabApp.default_url = workspace.URL
    config.LabServerApp.handlers = [
        (page.URL_PATTERN, page.CoursePage),
        (licenses.URL_PATTERN, licenses.Licenses),
    ]
    config.LabApp.workspaces_dir = str(state.workspaces_folder(place.state))
    config.LabApp.user_settings_dir = str(state.user_settings_folder(place.state))
    return config


def lab(place: folders.Place, options: Namespace, logins: cookies.Logins, for_owner_alone: bool) -> Config:
    """For the course as `lab` serves it, perhaps to no other account of this machine. The options are those of its
    command line.
    """
    config = course(place)
    config.ServerApp.ip = options.ip
    config.ServerApp.port = options.port
    config.ServerApp.terminals_enabled = options.terminals
    config.ServerApp.use_redirect_file = False
    if options.certfile:
        config.ServerApp.certfile = options.certfile
        config.ServerApp.keyfile = options.keyfile

    config.ServerApp.cookie_secret = logins.signing_key()
    config.ServerApp.identity_provider_class = login.GuidingIdentityProvider
    config.GuidingIdentityProvider.new_signing_key = logins.end
    config.GuidingIdentityProvider.for_owner_alone = for_owner_alone
    config.PasswordIdentityProvider.hashed_password = passwd(logins.password)
    config.IdentityProvider.token = ""
    config.IdentityProvider.login_handler_class = login.ThrottledLogin
    config.IdentityProvider.logout_handler_class = login.EndingLogout

    config.LabApp.open_browser = options.browser
    return config
