"""Fill an empty database with made-up cases for measurements: valid rows, written past every act."""
