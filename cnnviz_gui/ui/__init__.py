"""Widgets, the Matplotlib canvas and the table of actions."""
