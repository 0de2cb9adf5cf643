"""What was typed -> the occupations and certifications that it may mean, the likeliest first.

    text.py         how titles and queries are written alike
    words.py        words that mean the same, and everyday names for occupations
    codes.py        codes as people type them
    titles.py       the ways in which one title is looked for
    vocabulary.py   the words of all titles, and which of them a typed word may mean
    certified.py    certifications by their letters and names
    hits.py         what a query finds
    index.py        titles in memory, and what of them a query finds
    kept.py         the index of the site's data, made anew when they change

Only kept.py knows the database; the others import nothing from Django.
"""
