"""What can go wrong with a backup."""


class BackupFault(RuntimeError):
    """A backup that cannot be made or restored, with the reason and the way out in Chinese."""
