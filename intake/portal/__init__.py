"""The applicant's door: apply, follow, answer, withdraw."""
