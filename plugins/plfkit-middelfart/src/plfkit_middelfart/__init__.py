"""The plfkit profile of Middelfart Municipality."""

from plfkit import Profile, hookimpl, load_profile
from plfkit.profiles import ProfileContext


@hookimpl
def plfkit_profile(context: ProfileContext) -> Profile:
    """Return the profile that ``profile.toml`` declares."""
    return load_profile(context.folder / "profile.toml")
