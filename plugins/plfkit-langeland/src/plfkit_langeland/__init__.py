"""The plfkit profile of Langeland Municipality."""

from importlib.resources import files

from plfkit import Profile, hookimpl, load_profile


@hookimpl
def plfkit_profile() -> Profile:
    """Return the profile that ``profile.toml`` declares."""
    return load_profile(files(__package__) / "profile.toml")
