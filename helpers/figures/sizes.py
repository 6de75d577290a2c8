"""The sizes of text, in points."""

TINY = 6  # a number that is too long for its node
SMALL = 8  # ticks and legends
NOTE = 8.5  # numbers on a network, and what is said inside or above a chart
LABEL = 9
TITLE = 10  # and the numbers in cells
SUM = 11  # of a dot product
SCORE = 12  # of an image beside its weights
ELLIPSIS = 14
DELTA = 16  # of an output node from near
SIGN = 18  # × and = between images
