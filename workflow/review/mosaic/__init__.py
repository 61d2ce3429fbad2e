"""What pieces tell together (汇聚): rows that single out a person, and tables that complete one another; knows no case."""
