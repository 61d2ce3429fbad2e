"""The tables of the workflow as they stood at 0028, in the order in which they can be made; never changed."""
