"""Create offices and their units from a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from office.setup import BadFile, load_offices


class Command(BaseCommand):
    """Create every office of a file, or none."""

    help = "按 TOML 文件建立机关和科室；有错即逐行指出，一个也不建"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file."""
        parser.add_argument("--file", required=True, type=Path, help="机关文件，例如 office.toml")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the file, or say what is wrong with it."""
        try:
            made = load_offices(Path(options["file"]))
        except BadFile as error:
            raise CommandError(error.message) from error
        if options["verbosity"]:
            units = sum(office.units.count() for office in made)
            self.stdout.write(f"已建立 {len(made)} 个机关、{units} 个科室")
