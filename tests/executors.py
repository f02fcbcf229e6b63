"""Executors that are tried: threads, processes that begin from nothing, a Dask cluster on this machine."""

from __future__ import annotations

import gc
import multiprocessing
import warnings
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager


@contextmanager
def threads() -> Iterator[Executor]:
    """Four threads."""
    with ThreadPoolExecutor(4) as pool:
        yield pool


@contextmanager
def processes() -> Iterator[ProcessPoolExecutor]:
    """Two processes that begin from nothing."""
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield pool


@contextmanager
def dask(*, own_processes: bool = False, failures: int = 3) -> Iterator[Executor]:
    """Two workers of a Dask cluster, which listens on this machine's own address alone.

    Args:
        own_processes: Whether workers are processes of their own, as they are in earnest.
        failures: How many lost workers a piece may cost before Dask gives it up.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from dask import config
        from distributed import Client, LocalCluster

        with (
            config.set({"distributed.scheduler.allowed-failures": failures}),
            LocalCluster(  # type: ignore[no-untyped-call]
                n_workers=2,
                threads_per_worker=1,
                processes=own_processes,
                protocol="tcp",
                host="127.0.0.1",
                dashboard_address="127.0.0.1:0",  # any free port: two runs may be at it at once
            ) as cluster,
            Client(cluster) as client,  # type: ignore[no-untyped-call]
        ):
            yield client.get_executor()
        gc.collect()
