"""Finds personal data in texts and files, each with a reason; what it finds is a suggestion, never a decision."""
