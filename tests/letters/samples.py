"""Sample facts for tests: those of the project, under the name tests know them by."""

from letters.samples import COMMON, ITEMS, OFFICE, ON, SAMPLES, facts, item, with_items

__all__ = ["COMMON", "ITEMS", "OFFICE", "ON", "SAMPLES", "facts", "item", "with_items"]
