"""An office's own wordings: strict checks, trials, two persons, and which text is in force on a day."""
