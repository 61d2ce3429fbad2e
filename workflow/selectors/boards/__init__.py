"""The views of the supervisor's board, and the lists behind their numbers."""
