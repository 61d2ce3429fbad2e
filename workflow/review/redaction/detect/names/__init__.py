"""Names of persons: after a cue, in a column, in a list, or by their look alone."""
