"""The annual report: its tables as data, the rules between their cells, the reading of published ones, the count of cases."""
