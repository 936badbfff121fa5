"""Telegram's side: the transport under python-telegram-bot, the pace, and what an answer means."""
