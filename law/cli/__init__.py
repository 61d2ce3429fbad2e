"""The commands of the law: `clock`, `fee`, `remedy`; pure functions of their input."""
