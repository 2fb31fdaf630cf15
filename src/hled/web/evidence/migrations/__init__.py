"""Migrations of the evidence app."""
