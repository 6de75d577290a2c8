"""Widgets in stored notebooks. They are alive as long as the kernel that made them; after that only what is stored
beside them is of use, such as a picture, and JupyterLab would rather say "Error displaying widget: model not found".

So a file is stored without its widgets' views, which serves whatever opens it; it is handed out with those that are
alive.
"""

from collections.abc import Iterator
from queue import Empty
from typing import Any

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from jupyter_server.services.sessions.sessionmanager import SessionManager

VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"
SECONDS_FOR_AN_ANSWER = 10  # a kernel answers at once, while it runs a cell too; a busy machine may take longer


class LiveViews(AsyncLargeFileManager):
    """The usual files; a notebook shows a widget where its kernel still has it, else what is stored beside it."""

    async def save(self, model: dict[str, Any], path: str = "") -> dict[str, Any]:
        if model.get("type") == "notebook" and model.get("content"):
            for output in outputs(model["content"]):
                put_away(output)
        return await super().save(model, path)

    async def get(self, path: str, content: bool = True, *arguments: Any, **options: Any) -> dict[str, Any]:
        model = await super().get(path, content, *arguments, **options)
        if content and model["type"] == "notebook":
            notebook = model["content"]
            views = [output for output in outputs(notebook) if VIEW in output["data"] or VIEW in output["metadata"]]
            if views and self.parent:
                alive = await live_widgets(self.parent.session_manager, path.strip("/"))
                saved = set(notebook["metadata"].get("widgets", {}).get(STATE, {}).get("state", {}))
                for output in views:
                    bring_back(output, alive, saved)
        return model


def outputs(notebook: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Those outputs of the cells that may hold a widget."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            if "data" in output and "metadata" in output:
                yield output


def put_away(output: dict[str, Any]) -> None:
    """Move a widget's view, where something else says the same, to the metadata, where no viewer looks for it."""
    data = output["data"]
    if VIEW in data and len(data) > 1:
        output["metadata"][VIEW] = data.pop(VIEW)


def bring_back(output: dict[str, Any], alive: set[str], saved: set[str]) -> None:
    """Put the view of a widget back that is alive; or whose state is saved, if nothing but plain text is there else."""
    data, metadata = output["data"], output["metadata"]
    view = metadata.pop(VIEW, None) or data.get(VIEW)
    if not view:
        return
    widget = view.get("model_id")
    only_saved = widget in saved and set(data) <= {VIEW, "text/plain"}
    if widget in alive or only_saved:
        data[VIEW] = view
    elif len(data) > 1 or VIEW not in data:
        data.pop(VIEW, None)
        metadata[VIEW] = view


async def live_widgets(sessions: SessionManager, path: str) -> set[str]:
    """The ids of all widgets that the kernel of a notebook has; none where it has no kernel that answers."""
    for session in await sessions.list_sessions():
        if session["path"] == path and session["kernel"]["execution_state"] != "starting":
            kernel = sessions.kernel_manager.get_kernel(session["kernel"]["id"])
            return await _ask_for_widgets(kernel.client())
    return set()


async def _ask_for_widgets(client: AsyncKernelClient) -> set[str]:
    client.start_channels(shell=False, iopub=False, stdin=False, hb=False, control=True)
    try:
        client.control_channel.send(client.session.msg("comm_info_request", {"target_name": "jupyter.widget"}))
        reply = await client.get_control_msg(timeout=SECONDS_FOR_AN_ANSWER)
        return set(reply["content"].get("comms", {}))
    except Empty:
        return set()
    finally:
        client.stop_channels()
