"""The project's own documents, readable inside the site in both languages."""
