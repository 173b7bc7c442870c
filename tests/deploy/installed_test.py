"""What `cmake --install` puts there: the program, what belongs to it, and the service as the unit starts it."""

import os
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import time
import unittest

BUILD = pathlib.Path(os.environ["RIALTO_BUILD"])
SOURCE = pathlib.Path(os.environ["RIALTO_SOURCE"])
USER, OTHER, GROUP = "games", "nobody", "games"  # any that each Debian has


def run(*command, **more):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=60, **more)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Installed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.prefix = pathlib.Path(tempfile.mkdtemp(prefix="rialto-installed-"))
        cls.addClassCleanup(shutil.rmtree, cls.prefix, ignore_errors=True)
        cls.prefix.chmod(0o755)
        done = run("cmake", "--install", BUILD, "--prefix", cls.prefix)
        assert done.returncode == 0, done.stdout + done.stderr
        cls.program = cls.prefix / "bin/rialto"

    def test_the_documents_and_what_a_server_needs_are_there(self):
        for file in ["doc/rialto/README.md", "doc/rialto/LICENSE", "doc/rialto/CITATION.cff", "doc/rialto/SECURITY.md",
                     "doc/rialto/CHANGELOG.md", "rialto/apps/README.md", "rialto/gateway/README.md",
                     "rialto/storage/README.md", "rialto/deploy/rialto.service", "rialto/deploy/nginx.conf",
                     "rialto/deploy/Caddyfile", "rialto/deploy/waiting.html", "rialto/deploy/install"]:
            self.assertTrue((self.prefix / "share" / file).is_file(), file)

    def commands(self, *words):
        """Each command there is as --help has it, with the commands below it and its long options."""
        text = run(self.program, *words, "--help").stdout
        below = re.search(r"^Subcommands:\n((?:  .*\n)+)", text, re.MULTILINE)
        names = re.findall(r"^  ([a-z]+)", below[1], re.MULTILINE) if below else []
        yield words, names, re.findall(r"^  (?:-\w,)?(--[a-z-]+)", text, re.MULTILINE)
        for name in names:
            yield from self.commands(*words, name)

    def test_the_manual_page_has_each_command_and_option(self):
        page = self.prefix / "share/man/man1/rialto.1"
        text = page.read_text()
        sections = dict(re.findall(r'^\.SS "([^"]+)"\n(.*?)(?=^\.S[SH] )', text, re.MULTILINE | re.DOTALL))
        told = {" ".join(("rialto", *words)) for words, _, _ in self.commands() if words}
        self.assertEqual(set(sections), told)
        for words, _, options in self.commands():
            for option in options:
                section = sections[" ".join(("rialto", *words))] if words else text
                self.assertIn(option.replace("-", "\\-"), section, words)
        self.assertNotIn("\\-\\-buffered", text)  # not for people
        if shutil.which("man"):
            shown = run("man", "--warnings", "-E", "UTF-8", "-l", page, env={**os.environ, "MANPAGER": "cat"})
            self.assertEqual(shown.returncode, 0, shown.stderr)
            self.assertEqual(shown.stderr, "")
            self.assertIn("rialto session create", shown.stdout)

    def complete(self, *words):
        script = (f"source {self.prefix}/share/bash-completion/completions/rialto; COMP_WORDS=(\"$@\"); "
                  "COMP_CWORD=$(($# - 1)); _rialto; echo \"${COMPREPLY[@]}\"")
        done = run("bash", "-c", script, "bash", *words)
        self.assertEqual(done.stderr, "")
        return done.stdout.split()

    def test_bash_completes_commands_and_options(self):
        self.assertEqual(self.complete("rialto", "sess"), ["session"])
        self.assertEqual(self.complete("rialto", "session", "cre"), ["create"])
        self.assertIn("--public-url", self.complete("rialto", "serve", "--demo", "--p"))
        self.assertEqual(self.complete("rialto", "serve", "--buff"), [])

    def test_bash_completes_all_that_help_tells(self):
        done = run("bash", "-n", self.prefix / "share/bash-completion/completions/rialto")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        for words, names, options in self.commands():
            with self.subTest(words):
                self.assertEqual(set(self.complete("rialto", *words, "")), {*names, *options})

    @unittest.skipUnless(shutil.which("zsh"), "no zsh here")
    def test_zsh_completes_the_same_words(self):
        made = self.prefix / "share/zsh/site-functions/_rialto"
        script = f"compdef() {{ }}; source {made}; local words; _rialto_words session; echo $words"
        done = run("zsh", "-fc", f"f() {{ {script} }}; f")
        self.assertEqual(done.stderr, "")
        self.assertIn("create", done.stdout.split())

    @unittest.skipUnless(shutil.which("systemd-analyze"), "no systemd here")
    def test_systemd_understands_the_unit(self):
        unit = self.prefix / "rialto.service"
        unit.write_text((SOURCE / "deploy/rialto.service").read_text().replace("/usr/local/bin/rialto", str(self.program)))
        done = run("systemd-analyze", "verify", "--man=no", unit)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))

    @unittest.skipUnless(os.geteuid() == 0, "needs root, to be other users")
    def test_the_unit_serves_a_project_and_lets_a_group_use_the_command_line(self):
        unit = (SOURCE / "deploy/rialto.service").read_text().replace("\\\n", " ")
        start = re.search(r"^ExecStart=(.*)$", unit, re.MULTILINE)[1].split()
        state, project = self.prefix / "var", self.prefix / "project"
        state.mkdir(mode=0o710)
        state.chmod(int(re.search(r"^StateDirectoryMode=(\d+)$", unit, re.MULTILINE)[1], 8))
        shutil.chown(state, USER, GROUP)
        project.mkdir()
        (project / "rialto.toml").write_text('[[session_configs]]\nname = "study"\napp_sequence = ["survey"]\n')
        options = {"/usr/local/bin/rialto": self.program, "/var/lib/rialto/data": state / "data", "rialto": GROUP,
                   "127.0.0.1:8000": f"127.0.0.1:{free_port()}"}
        command = [str(options.get(word, word)) for word in start]
        mask = int(re.search(r"^UMask=(\d+)$", unit, re.MULTILINE)[1], 8)
        # As systemd.exec(5) says what these do.
        for said in ("ProtectSystem=strict", "ProtectHome=yes", "NoNewPrivileges=yes"):
            self.assertIn(said + "\n", unit)
        apart = (f"mount --make-rprivate / && mount --bind {self.prefix} {self.prefix} && mount --bind {state} {state} && "
                 f"mount -o remount,bind,ro / && mount -o remount,bind,ro {self.prefix} && "
                 "for home in /home /root; do mount -t tmpfs -o ro tmpfs $home; done && "
                 f"cd {project} && exec \"$@\"")
        server = subprocess.Popen(["unshare", "--mount", "bash", "-euc", apart, "bash", "setpriv", f"--reuid={USER}",
                                   f"--regid={GROUP}", "--clear-groups", "--no-new-privs", *command],
                                  umask=mask, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self.addCleanup(server.stderr.close)
        self.addCleanup(server.wait)
        self.addCleanup(server.terminate)
        create = [self.program, "session", "create", "study", "1", "--data", state / "data"]
        as_member = ["setpriv", f"--reuid={OTHER}", "--regid=nogroup", f"--groups={GROUP}"]
        as_other = ["setpriv", f"--reuid={OTHER}", "--regid=nogroup", "--clear-groups"]
        until = time.monotonic() + 30
        while (done := run(*as_member, *create)).returncode != 0:
            self.assertIsNone(server.poll(), "the server has ended")
            self.assertLess(time.monotonic(), until, done.stderr)
            time.sleep(0.2)
        self.assertIn("https://lab.example.edu/exp/", done.stdout)
        self.assertNotEqual(run(*as_other, *create).returncode, 0)
        self.assertNotEqual(run(*as_member, "ls", state / "data").returncode, 0)


if __name__ == "__main__":
    unittest.main()
