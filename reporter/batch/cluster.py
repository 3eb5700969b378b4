"""The workers of a Dask cluster, handed the same function as the processes of this machine.

They need this program, and to see the brief, the data and the out folder under the same paths.
"""

from __future__ import annotations

from collections.abc import Iterator

from reporter.batch.crew import Chunks, Make
from reporter.batch.making import Order, Result, make_one
from reporter.problems import Place, Problem, ProblemsFoundError

CONNECT = 10
"""Seconds in which a cluster must answer."""


def by_cluster(order: Order, left: Chunks, address: str, make: Make = make_one) -> Iterator[Result]:
    """The results of what is `left` as they come, by the workers of the scheduler at `address`.

    Raises `ProblemsFoundError` where there is none, or the extra `cluster` is not installed.
    """
    try:
        from distributed import Client, as_completed
    except ImportError:
        what = "a cluster needs the extra `cluster`, which is not installed"
        raise _refused("no-dask", what, "Install it: pip install 'reporter[cluster]'.") from None
    # Its functions have no types of their own, so that of each call of one is waived.
    try:
        client = Client(address, timeout=f"{CONNECT}s")  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        fix = "Start one with `dask scheduler` and `dask worker`, and give the scheduler's address."
        raise _refused("no-cluster", f"there is no cluster at {address!r}: {error}", fix) from None
    with client:
        asked = {
            client.submit(make, order, area, pure=False): area for chunk in left for area in chunk
        }
        for future in as_completed(list(asked)):  # type: ignore[no-untyped-call]
            area, fault = asked.pop(future), future.exception()
            yield future.result() if fault is None else _failed(area, fault)


def _refused(code: str, what: str, fix: str) -> ProblemsFoundError:
    return ProblemsFoundError([Problem(Place.of("--cluster"), code, what, fix)])


def _failed(area: str, fault: BaseException) -> Result:
    what = f"the cluster could not make this paper: {fault}"
    fix = "See the logs of its workers; they need this program, the brief and the data."
    return Result(area, problems=(Problem(Place.of(area), "worker-lost", what, fix),))
