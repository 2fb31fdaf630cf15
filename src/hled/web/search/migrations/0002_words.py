"""The index of words: an FTS5 table kept by triggers on SQLite, a generated tsvector on PostgreSQL."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_SQLITE = (
    """CREATE VIRTUAL TABLE search_words USING fts5(
        folded_title, folded_text, content='search_document', content_rowid='id', prefix='3 4 5',
        tokenize='unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER search_words_insert AFTER INSERT ON search_document BEGIN
        INSERT INTO search_words(rowid, folded_title, folded_text)
        VALUES (new.id, new.folded_title, new.folded_text); END""",
    """CREATE TRIGGER search_words_delete AFTER DELETE ON search_document BEGIN
        INSERT INTO search_words(search_words, rowid, folded_title, folded_text)
        VALUES ('delete', old.id, old.folded_title, old.folded_text); END""",
    """CREATE TRIGGER search_words_update AFTER UPDATE OF folded_title, folded_text ON search_document BEGIN
        INSERT INTO search_words(search_words, rowid, folded_title, folded_text)
        VALUES ('delete', old.id, old.folded_title, old.folded_text);
        INSERT INTO search_words(rowid, folded_title, folded_text)
        VALUES (new.id, new.folded_title, new.folded_text); END""",
)
_SQLITE_BACK = (
    "DROP TRIGGER search_words_insert",
    "DROP TRIGGER search_words_delete",
    "DROP TRIGGER search_words_update",
    "DROP TABLE search_words",
)
_POSTGRESQL = (
    """ALTER TABLE search_document ADD COLUMN words tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple'::regconfig, folded_title), 'A') ||
        setweight(to_tsvector('simple'::regconfig, folded_text), 'D')) STORED""",
    "CREATE INDEX search_document_words ON search_document USING gin (words)",
)
_POSTGRESQL_BACK = ("ALTER TABLE search_document DROP COLUMN words",)


def forwards(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _POSTGRESQL if editor.connection.vendor == "postgresql" else _SQLITE:
        editor.execute(statement)


def backwards(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _POSTGRESQL_BACK if editor.connection.vendor == "postgresql" else _SQLITE_BACK:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_documents")]
    operations = [migrations.RunPython(forwards, backwards)]
