"""Where the website and its repository are, which the hosted workflow says in the environment."""

import os

START = "lab/workspaces/lab3_Generalizing_Gradient_Descent"


def address() -> str:
    """Of the website; empty where it is built to be read as files. Previews of links need it."""
    return os.environ.get("SITE_ADDRESS", "")


def binder_link() -> str:
    """In Markdown; GITHUB_REPOSITORY, such as `owner/name`, is set in every workflow."""
    repository = os.environ.get("GITHUB_REPOSITORY")
    if not repository:
        return "once the course is in a public repository, its README says how"
    return f"[start the course there](https://mybinder.org/v2/gh/{repository}/HEAD?urlpath={START})"
