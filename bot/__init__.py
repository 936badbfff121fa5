"""Kabar, a Telegram newsroom bot: articles go in, every subscriber and channel gets them once."""
