"""Attacks on the anonymity of a round: each runs on everything that could have been kept, and is seen to succeed where a
wall is missing. `test_index.py` lists all twenty-three with the tests that hold them and the wall that was taken out.
"""
