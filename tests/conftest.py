"""What all tests share."""

from hypothesis import settings

# The same examples in every run: a test that fails by chance holds up somebody else's change.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")
