"""Questions that screens ask; every list starts from the one queryset of what a person may see."""
