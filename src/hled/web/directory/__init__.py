"""The directory: the agencies of each party and the bodies in which both meet, as the sources name them."""
