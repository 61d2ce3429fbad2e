"""What a new notice or another reading does to the open cases: shown before, applied by a second person."""
