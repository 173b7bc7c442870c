"""Debian as it comes, as a folder to go into with bare_machine.sh."""

import os
import pathlib
import shutil
import subprocess

CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "rialto-bare-machine"
SUITE = "bookworm"


def why_not():
    """What this machine lacks for it; "" if nothing."""
    return "" if os.geteuid() == 0 and shutil.which("debootstrap") else "needs root and debootstrap"


def fresh_debian(folder):
    """With git: unpacked from the cache, where it is put once."""
    kept = CACHE / f"{SUITE}.tar"
    if not kept.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        made = folder.with_name("made")
        subprocess.run(["debootstrap", "--variant=minbase", "--include=git", SUITE, made], check=True,
                       stdout=subprocess.DEVNULL)
        subprocess.run(["tar", "-C", made, "-cf", kept.with_suffix(".part"), "."], check=True)
        shutil.rmtree(made)
        kept.with_suffix(".part").rename(kept)
    folder.mkdir()
    subprocess.run(["tar", "-C", folder, "-xf", kept], check=True)
    # Nothing here outlives the test: no need to wait for the disk with each file of a package.
    (folder / "etc/dpkg/dpkg.cfg.d/fast").write_text("force-unsafe-io\n")
