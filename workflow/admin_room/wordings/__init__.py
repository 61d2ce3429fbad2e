"""Screens of the wordings of papers."""
