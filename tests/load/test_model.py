"""The model of many readers, on examples that can be worked out on paper."""

from dataclasses import replace

import pytest

from tests.load.model import Costs, Habits, Prices, needs, views_a_second

COSTS = Costs(view=0.05, arrival=0.1, view_bytes=100_000, arrival_bytes=2_000_000, base=400, session=0.5)
HABITS = Habits(views=6, minutes=5, burst=2, cached=0.9, busy=0.5, sessions=800, least=2)
PRICES = Prices(core=0.1, gigabyte=0.01, origin=0.1, edge=0.02)


def test_a_worked_example():
    found = needs(36_000, COSTS, HABITS, PRICES)
    # 10 readers a second, 20 in the busiest minute, 6 views each, 5 minutes each
    assert found.views == pytest.approx(120)
    assert found.sessions == 6000
    # 120 x 0.05 + 20 x 0.1 x 0.1 = 6.2 processors at work, half busy: 13 replicas; sessions alone would need 8
    assert found.replicas == 13
    assert found.memory == pytest.approx(13 * 0.4 + 3.0)
    # 12 MB/s of messages + 20 x 2 MB x 0.1 = 4 MB/s of files; 36 MB/s from the edge
    assert found.origin == pytest.approx(16 * 8)
    assert found.edge == pytest.approx(36 * 8)
    # the hour's mean is half of that: 28.8 GB and 64.8 GB
    assert found.money == pytest.approx(13 * 0.1 + 8.2 * 0.01 + 28.8 * 0.1 + 64.8 * 0.02)


def test_few_readers_still_have_a_replica_to_spare():
    assert needs(10, COSTS, HABITS, PRICES).replicas == 2


def test_many_idle_readers_need_replicas_for_their_sessions():
    patient = replace(HABITS, views=1, minutes=30)
    assert needs(36_000, COSTS, patient, PRICES).replicas == 36_000 // 800


def test_ten_times_the_readers_need_ten_times_as_much():
    few, many = (needs(readers, COSTS, HABITS, PRICES) for readers in (10**5, 10**6))
    assert many.views == pytest.approx(10 * few.views)
    assert many.replicas == pytest.approx(10 * few.replicas, rel=0.1)
    assert many.money == pytest.approx(10 * few.money, rel=0.05)


@pytest.mark.parametrize(
    ("replicas", "views"),
    [(1, 20), (2, 2 / 0.06), (4, 2 / 0.06)],  # one fills its processor; more share two with who asks them
)
def test_replicas_on_one_machine_share_its_processors(replicas, views):
    assert views_a_second(replicas, 2, 0.05, 0.01) == pytest.approx(views)
