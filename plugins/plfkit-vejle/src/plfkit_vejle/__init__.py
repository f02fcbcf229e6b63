"""The plfkit profile of Vejle Municipality."""

from importlib.resources import files

from plfkit import Profile, hookimpl


@hookimpl
def plfkit_profile() -> Profile:
    """Return the profile that ``profile.toml`` declares."""
    return Profile.read(files(__package__) / "profile.toml")
