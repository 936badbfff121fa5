"""How the tables came to be, one file for each step; alembic runs them. Nothing here imports the store."""
