"""The desk: work lists, the case page, one page for each act."""
