"""Screens of the applicant's door: each translates a form into one action or one selector."""
