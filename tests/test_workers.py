"""Work that is spread over processes comes to what one process makes of it."""

import functools
import os

import pytest

from bench.corpus import large
from standfirst.build import Site
from standfirst.workers import can_fork, spread

FILES = large(40)
forking = pytest.mark.skipif(not can_fork(), reason="this system starts no workers")


def site(jobs: int) -> Site:
    return Site("engine", spread=functools.partial(spread, jobs))


@forking
@pytest.mark.parametrize("jobs", [2, 3, 7])
def test_any_number_of_workers_makes_the_same_site_and_ledger(jobs: int) -> None:
    one, many = site(1), site(jobs)
    assert many.update(FILES) == one.update(FILES)
    left = one.ledger("")
    assert left
    assert many.ledger("") == left


@forking
def test_what_is_wrong_is_told_as_by_one_process() -> None:
    path = next(path for path in FILES if path.startswith("content/facts/"))
    files = FILES | {path: FILES[path].replace(b"yearly sales of", b"yearly wails of")}
    update = site(3).update(files)
    assert update.problems
    assert update == site(1).update(files)


@forking
def test_a_worker_that_dies_leaves_its_work_to_others() -> None:
    names, here = [str(number) for number in range(200)], os.getpid()

    def run(name: str) -> bytes:
        if os.getpid() != here and name == "101":
            os._exit(9)
        return name.encode() * 1000

    with spread(4, names, run) as (left, others):
        found = others()
    assert "101" not in {*left, *found}
    assert len(left) + len(found) == 150
    assert all(found[name] == run(name) for name in found)


@forking
def test_workers_end_when_their_work_is_given_up() -> None:
    def run(name: str) -> bytes:
        while True:
            pass

    names = [str(number) for number in range(200)]
    with pytest.raises(KeyboardInterrupt), spread(3, names, run):
        raise KeyboardInterrupt
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, 0)


def test_little_work_is_done_here() -> None:
    with spread(8, ["a", "b"], lambda name: None) as (left, others):
        assert (left, others()) == (["a", "b"], {})
