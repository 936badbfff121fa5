"""The wiring: the one room that knows all the others, builds them, and owns the clock."""
