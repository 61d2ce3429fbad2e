"""Requests that ask for the same: comparing two wordings, and finding a wording among a million."""
