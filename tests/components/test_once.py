"""A memo that many ask at once: made once, handed out at once, and nobody waits for what somebody else is having made."""

from threading import Event, Thread

import pytest

from components.once import once


def test_what_is_made_is_kept_and_the_one_asked_for_longest_ago_goes():
    made = []

    @once(maxsize=2)
    def twice(number):
        made.append(number)
        return 2 * number

    assert [twice(1), twice(2), twice(1), twice(3), twice(1), twice(2)] == [2, 4, 2, 6, 2, 4]
    assert made == [1, 2, 3, 2]
    assert twice.knows(1) and twice.knows(2) and not twice.knows(3)
    assert twice.cache_info() == (2, 4, 2, 2)
    twice.cache_clear()
    assert not twice.knows(1) and twice.cache_info().currsize == 0


def test_what_is_there_is_handed_out_while_something_else_is_being_made():
    begun, go_on = Event(), Event()

    def make(name):
        if name == "slow":
            begun.set()
            go_on.wait(60)
        return name.upper()

    kept = once(maxsize=4)(make)
    assert kept("quick") == "QUICK"
    found = []
    threads = [Thread(target=lambda: found.append(kept("slow"))) for _ in range(2)]
    for thread in threads:
        thread.start()
    assert begun.wait(60)
    assert kept("quick") == "QUICK"  # would wait for ever behind one lock
    go_on.set()
    for thread in threads:
        thread.join(60)
    assert found == ["SLOW", "SLOW"] and kept.cache_info().misses == 2  # who asks for what is being made waits for it


def test_what_raises_is_asked_for_again():
    asked = []

    @once(maxsize=1)
    def fails(name):
        asked.append(name)
        raise ValueError(name)

    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            fails("no")
    assert asked == ["no", "no"] and not fails.knows("no")
