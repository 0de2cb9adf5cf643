"""Postal codes that IPEDS has schools in: the states, the District of Columbia, territories, and the
three states in free association with the United States (FM, MH, PW)."""

STATES = frozenset(
    "AK AL AR AZ CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ NM "
    "NV NY OH OK OR PA RI SC SD TN TX UT VA VT WA WI WV WY AS FM GU MH MP PR PW VI".split()
)
