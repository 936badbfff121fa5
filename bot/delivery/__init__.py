"""From an article that arrives to a message at every recipient: taking in, planning, sending, recording."""
