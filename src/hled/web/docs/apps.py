"""The documents app."""

from django.apps import AppConfig


class DocsConfig(AppConfig):
    """Shows `docs/` inside the site; pages kept in memory are made anew when a document has changed."""

    name = "hled.web.docs"
    label = "docs"

    def ready(self) -> None:
        """Let the validators of public pages change with the documents."""
        from hled.web.docs.queries import folder
        from hled.web.kept import depends_on

        depends_on(folder())
