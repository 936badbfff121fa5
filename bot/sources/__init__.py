"""Where articles come from: bytes in, named pages out. Reading them as articles is the core's work."""
