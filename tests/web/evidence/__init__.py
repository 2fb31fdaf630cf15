"""Tests of the evidence pages, the queue and the worker."""
