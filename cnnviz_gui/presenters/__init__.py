"""From a change to a request, from a result to a picture."""
