"""The Alembic environment that builds and upgrades a study's tables."""
