"""O*NET: the titles people use, interests, job zones, related occupations and technologies."""
