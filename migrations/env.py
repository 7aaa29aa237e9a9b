"""Runs the steps on the connection that qcode hands over; qcode begins and commits the transaction itself."""

from alembic import context

from qcode.store.schema import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transactional_ddl=False)
context.run_migrations()
