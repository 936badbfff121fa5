"""Measurements of quality and speed, each one command. Development only."""
