"""The nouns: plain Python and NumPy, without Qt and without Keras."""
