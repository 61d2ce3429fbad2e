"""Records beside the cases, each with its own short machine: corrections, conversions, reassessments, hand-overs."""
