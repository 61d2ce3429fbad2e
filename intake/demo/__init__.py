"""The demonstration: a county that exists nowhere, and the story of thirty-one requests."""
