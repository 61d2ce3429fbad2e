"""The tables of the workflow as they stood at 0021, in the order in which they can be made; never changed."""
