"""The counting box: a small WSGI app with a store of its own that counts answers and knows no people.

It imports nothing of peerapp but `rules`. The registrar speaks to it through `seam.py` only, browsers through `app.py`.
"""
