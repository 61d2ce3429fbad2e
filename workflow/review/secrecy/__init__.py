"""Marks of secrecy in a document, found as suggestions with page and words; knows no case."""
