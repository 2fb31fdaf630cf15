"""The command line: the same verbs as the web, one module for each noun.

Nothing heavy is imported before a command needs it: no Django, no DuckDB, no NumPy, so that `hled --help`
answers at once. It serves every work-plan line for people who work in a shell.
"""
