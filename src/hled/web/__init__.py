"""The web site: Django at the edge, one small app per noun of the dialogue.

Apps share one set of file names: models (tables), actions (verbs), projection (entries to rows), queries
(readers), policy (who may), forms, views, urls, api. Every public row is a projection of record entries.
"""
