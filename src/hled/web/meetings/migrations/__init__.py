"""Migrations of the meetings app."""
