"""Count what happened at some offices month by month, for sheets, measures and the annual report."""
