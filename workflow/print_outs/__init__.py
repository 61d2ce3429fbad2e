"""Sheets of a case that are printed on request and never numbered or kept: what each says, who may have it."""
