"""What every screen shares: base pages, forms, tags, headers, sign-in."""
