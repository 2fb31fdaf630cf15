"""Migrations of the directory app."""
