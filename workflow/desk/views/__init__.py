"""Views of the desk: each turns a request into one selector or one action."""
