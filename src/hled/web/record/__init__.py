"""The record on the web: where entries are kept, appended and projected into public rows."""
