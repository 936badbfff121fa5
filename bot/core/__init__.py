"""The pure core: values in, values out. No I/O, clock, randomness or logging may live here."""
