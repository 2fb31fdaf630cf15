"""Full-text search over everything public, in both languages, on SQLite and on PostgreSQL alike."""
