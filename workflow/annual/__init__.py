"""The annual report as a document: its text with the figures set in, and its forms: page, document, workbook, PDF, JSON."""
