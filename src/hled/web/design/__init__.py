"""How the site looks and speaks: layout, components, assets, error pages; no data of its own."""
