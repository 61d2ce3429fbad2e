"""The counter: any channel registered on one page, receipt confirmed, the receipt printed."""
