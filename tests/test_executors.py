"""The whole way on an executor: the same bytes on one core, on processes and on a Dask cluster."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from executors import dask, processes, threads

import plfkit
from plfkit.disclosure import release_comparison, release_folders
from plfkit.errors import InvalidDataError
from plfkit.model.records.tables import Table
from plfkit.synthetic import example, municipality

GENERIC = plfkit.load_profile("generic")
FEW = GENERIC.keep_indicators({*list(GENERIC.indicators)[::3]})
"""The profile with a third of its indicators: how they are shared out is seen from these."""
SCHOOLS = {"Øster": 2, "Vester": 3}


def write_cells(town: plfkit.Organisation) -> list[Any]:
    """Every cell of an organisation, in order."""
    return [_list_cells(table) for table in town.tables.values()]


def _list_cells(table: Table[Any]) -> dict[str, list[str]]:
    return {name: [*map(str, column.tolist())] for name, column in table.columns.items()}


def name_apart(town: plfkit.Organisation, name: str) -> plfkit.Organisation:
    """Return a town whose people have ids that no other town's have."""
    return plfkit.combine({name: town})


def go_the_whole_way(executor: Executor | None) -> dict[str, str]:
    """Make up towns, one of them of several pieces; assess, release, compare them."""
    large = municipality(GENERIC, schools=5, seed=3, executor=executor)
    towns = {
        name: municipality(GENERIC, schools=schools, seed=schools)
        for name, schools in SCHOOLS.items()
    }
    cards = {
        name: plfkit.assess(town, FEW, years_back=1, executor=executor)
        for name, town in towns.items()
    }
    apart = [
        plfkit.assess(name_apart(town, name), FEW, years_back=0)
        for name, town in zip("ab", towns.values(), strict=True)
    ]
    told: dict[str, plfkit.Released[Any]] = {
        "released": plfkit.release(cards["Øster"], GENERIC.privacy),
        "together": plfkit.release(*apart, *cards.values(), GENERIC.privacy, executor=executor),
        "compared": release_comparison(cards, executor=executor),
    }
    documents = {name: json.dumps(plfkit.to_document(one)) for name, one in told.items()}
    return {"made": json.dumps(write_cells(large)), **documents}


@pytest.fixture(scope="module", autouse=True)
def small_pieces() -> Iterator[None]:
    """Cut the schools of a municipality into pieces of two."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(example, "SCHOOLS_A_PIECE", 2)
        yield


@pytest.fixture(scope="module")
def pool() -> Iterator[Executor]:
    """Two processes."""
    with processes() as made:
        yield made


@pytest.fixture(scope="module")
def here() -> dict[str, str]:
    """What comes out on one core."""
    return go_the_whole_way(None)


@pytest.mark.parametrize(
    "executor",
    [threads, processes, partial(dask, own_processes=True)],
    ids=["threads", "processes", "dask"],
)
def test_who_works_does_not_matter(
    executor: Callable[[], AbstractContextManager[Executor]], here: dict[str, str]
) -> None:
    """Made up, assessed, released and compared elsewhere, a municipality is the same to the last byte."""
    with executor() as pool:
        there = go_the_whole_way(pool)
    assert [name for name in here if here[name] != there[name]] == []


def test_a_worker_is_killed_in_the_midst() -> None:
    """The scorecard is whole, as if nothing had happened."""
    town = municipality(GENERIC, schools=1)
    seen: list[int] = []
    with processes() as pool:

        def kill_a_worker(done: int, _all: int) -> None:
            if not seen:
                os.kill(next(iter(multiprocessing.active_children())).pid or 0, signal.SIGKILL)
            seen.append(done)

        card = plfkit.assess(town, FEW, years_back=0, executor=pool, progress=kill_a_worker)
    assert seen[-1] == len(FEW.indicators)
    assert seen == sorted(seen)
    whole = plfkit.assess(town, FEW, years_back=0)
    told, expected = (plfkit.release(one, GENERIC.privacy) for one in (card, whole))
    assert plfkit.to_document(told) == plfkit.to_document(expected)


def test_figures_know_their_staff_list(pool: Executor) -> None:
    """What another process computed rests on this one's staff list: the gate knows data by identity."""
    town = municipality(GENERIC, schools=1)
    card = plfkit.assess(town, FEW, executor=pool)
    results = [
        result
        for outcome in card.indicators
        for result in (outcome.result, *(point.result for point in outcome.trend))
    ]
    facts = [result.facts for result in results if result is not None and result.facts is not None]
    assert len(facts) > len(card.indicators)
    assert {id(one.staff.source) for one in facts} == {id(town.persons)}
    assert len({id(one.staff) for one in facts}) == 3


def test_folders(tmp_path: Path, pool: Executor) -> None:
    """Each folder is released as if alone; one with a fault says so by its name, and stops no other."""
    folders = {}
    for name, schools in SCHOOLS.items():
        folders[name] = tmp_path / name
        plfkit.write(municipality(GENERIC, schools=schools), folders[name])
    folders["Nord"] = tmp_path / "Nord"
    folders["Nord"].mkdir()
    (folders["Nord"] / "persons.csv").write_text("id,nme\np,q\n", encoding="utf-8")
    seen: list[tuple[int, int]] = []
    found = release_folders(
        folders,
        FEW,
        years_back=0,
        executor=pool,
        progress=lambda done, all_: seen.append((done, all_)),
    )
    assert [*found.released] == [*SCHOOLS]
    assert seen == [(1, 3), (2, 3), (3, 3)]
    (refused,) = found.refused.values()
    assert isinstance(refused, InvalidDataError)
    assert "nme" in str(refused)
    for name, card in found.released.items():
        town = plfkit.read(folders[name], profile=FEW)
        alone = plfkit.release(plfkit.assess(town, FEW, years_back=0), FEW.privacy)
        assert plfkit.to_document(card) == plfkit.to_document(alone)
    assert release_folders(folders, FEW, years_back=0).released == found.released


def test_folders_with_ledgers_and_own_profiles(tmp_path: Path) -> None:
    """Each municipality has its profile and ledger; all pass the strictest thresholds, to be compared."""
    stricter = GENERIC.privacy.k + 3
    profiles = {
        "Øster": FEW,
        "Vester": evolve(FEW, privacy=evolve(FEW.privacy, k=stricter)),
    }
    folders, ledgers = {}, {name: tmp_path / f"{name}.json" for name in SCHOOLS}
    for name, schools in SCHOOLS.items():
        folders[name] = tmp_path / name
        plfkit.write(municipality(GENERIC, schools=schools, seed=schools), folders[name])
    found = release_folders(folders, profiles, years_back=0, ledgers=ledgers)
    assert {card.floor.k for card in found.released.values()} == {stricter}
    assert {card.judged for card in found.released.values()} == {"ledger"}
    assert all(path.is_file() for path in ledgers.values())
    assert plfkit.compare(found.released).names == tuple(SCHOOLS)
