"""What is put in the place of personal data: pseudonyms, masks, counties, bands of ages; and where nothing need be."""
