"""The office itself: people, units, roles, parameters, journal, outbox, sealed files, keys."""
