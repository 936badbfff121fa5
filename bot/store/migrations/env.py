"""What alembic runs to migrate: the steps, over the connection and inside the transaction given to it."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
