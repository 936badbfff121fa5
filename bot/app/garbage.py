"""How the process deals with cyclic garbage: the one thing that is set for all of it."""

import gc


def collect_rarely() -> None:
    """Leave what is loaded by now to itself, and look at the rest a fourteenth as often as Python would.

    With thousands of deliveries in hand, Python's own thresholds walk all that is alive every 1,500
    deliveries: a fifth of the processor time, and stops of 0.15 s in which nobody is answered.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)
