"""Carry open cases across a change of the desk flow: a node's name is stored with every task."""

from .renaming import Left, check, refs, remove_node, rename_node

__all__ = ["Left", "check", "refs", "remove_node", "rename_node"]
