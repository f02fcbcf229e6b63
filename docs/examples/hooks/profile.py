import plfkit
from plfkit.profiles import ProfileContext


@plfkit.hookimpl
def plfkit_profile(context: ProfileContext) -> plfkit.Profile:
    return plfkit.load_profile(context.folder / "profile.toml")
