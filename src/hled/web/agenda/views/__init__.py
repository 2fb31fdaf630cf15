"""Pages of the agenda: overview, plan, lists, sources, the way to report an error, feeds and downloads."""
