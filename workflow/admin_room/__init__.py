"""The administrators' screens: years and readings, each change made by two persons."""
