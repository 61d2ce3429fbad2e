"""Verbs on a case, one file each; every one of them goes through ``workflow.fire``."""
