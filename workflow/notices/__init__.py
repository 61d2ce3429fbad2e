"""Who is told what, and when: reminders found by looking at what is due, mails sent from the outbox."""
