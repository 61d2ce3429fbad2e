"""Marks of redaction: drawn, chosen by text or rule, suggested, and settled; a verb a file."""
