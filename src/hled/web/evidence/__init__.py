"""The evidence on the web: questions as forms, runs as permanent pages, and the queue of the worker."""
