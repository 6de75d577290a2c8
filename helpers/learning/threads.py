"""Threads of ours, beside which the linear algebra below NumPy starts none.

Left to itself it shares every product among all cores, small ones too, and its threads go on waiting, busily, when
their share is done. On a machine that has other things to do, a browser say, that takes many times as long as the work
itself.
"""

import os
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache, partial

import numpy as np  # before the libraries that it loads are looked for
from threadpoolctl import ThreadpoolController

CORES = os.cpu_count() or 1


@contextmanager
def threads(count: int) -> Iterator[Executor]:
    """As many threads to give work to, each of which computes by itself, and silently with numbers that overflow."""
    ignore_errors = partial(np.seterr, all="ignore")
    with _libraries().limit(limits=1), ThreadPoolExecutor(count, initializer=ignore_errors) as pool:
        yield pool


@cache
def _libraries() -> ThreadpoolController:
    return ThreadpoolController()
