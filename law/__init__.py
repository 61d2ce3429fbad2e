"""The Regulation as a folder: rules and dated values, each with its article and its certainty."""
