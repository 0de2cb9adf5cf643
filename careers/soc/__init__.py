"""The Standard Occupational Classification: its tree, and what became of its codes."""
