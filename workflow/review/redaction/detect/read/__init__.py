"""Texts of files that have no pages of their own: office documents, mails, web pages, plain text."""
