"""How an office works: what holds now, what is proposed, what a second administrator puts in force."""
