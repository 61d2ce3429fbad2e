"""Records (档案、年报): how a case is counted and kept."""
