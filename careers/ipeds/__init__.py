"""IPEDS: schools, and what they gave awards in."""
