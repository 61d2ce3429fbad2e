"""What an office's letters print of it, and the pictures of its seals."""
