"""How patient the restarts are."""

from __future__ import annotations

from cnnviz_gui.jobs.backoff import FIRST_PAUSE, LONGEST_PAUSE, Backoff


def test_a_dead_engine_is_started_again_at_once_twice_and_then_after_growing_pauses() -> None:
    backoff = Backoff()
    now, pauses = 0.0, []
    for _ in range(9):
        pauses.append(backoff.died(now))
        now += pauses[-1] + 0.2
    assert pauses[:2] == [0, 0]
    assert pauses[2] == FIRST_PAUSE
    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST_PAUSE
    assert backoff.deaths == 9


def test_a_finished_job_makes_earlier_deaths_forgotten() -> None:
    backoff = Backoff()
    for _ in range(4):
        backoff.died(0.0)
    backoff.finished()
    assert [backoff.died(1.0) for _ in range(3)] == [0, 0, FIRST_PAUSE]


def test_rare_deaths_bring_no_pause() -> None:
    backoff = Backoff()
    assert [backoff.died(100.0 * number) for number in range(9)] == [0] * 9
