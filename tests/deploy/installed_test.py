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

    def test_the_manual_page_has_each_command_and_option(self):
        page = self.prefix / "share/man/man1/rialto.1"
        text = page.read_text()
        help_of = run(self.program, "--help").stdout
        commands = re.findall(r"^  (\w+) +[A-Z]", help_of.split("Subcommands:")[1], re.MULTILINE)
        self.assertIn("session", commands)
        for command in commands:
            self.assertIn(f'.SS "rialto {command}"', text)
        self.assertIn('.SS "rialto session create"', text)
        self.assertIn(".B \"\\-\\-public\\-url", text)
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

    @unittest.skipUnless(shutil.which("zsh"), "no zsh here")
    def test_zsh_completes_the_same_words(self):
        made = self.prefix / "share/zsh/site-functions/_rialto"
        script = f"compdef() {{ }}; source {made}; local words; _rialto_words session; echo $words"
        done = run("zsh", "-fc", f"f() {{ {script} }}; f")
        self.assertEqual(done.stderr, "")
        self.assertIn("create", done.stdout.split())

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
        server = subprocess.Popen(["setpriv", f"--reuid={USER}", f"--regid={GROUP}", "--clear-groups", *command],
                                  cwd=project, umask=mask, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
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
