"""Review of what leaves the office: what was found, its secrecy, its personal information (条例17)."""
