"""The proxies' examples, before a real server: while it is away people wait in a page instead of a bare 502, and
neither links nor labels are written down."""

import os
import pathlib
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request

SOURCE = pathlib.Path(os.environ["RIALTO_SOURCE"])
PROGRAM = os.environ["RIALTO_PROGRAM"]
LINK = "/exp/p/k3j9x2ab/SECRETKEY?participant_label=ANNA"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Nginx(unittest.TestCase):
    def setUp(self):
        if not shutil.which("nginx") or os.geteuid() != 0:
            self.skipTest("needs nginx, as root")
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="rialto-proxy-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.port, self.behind = free_port(), free_port()
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=x",
                        "-keyout", self.folder / "key", "-out", self.folder / "cert"], check=True, capture_output=True)
        site = (SOURCE / "deploy/nginx.conf").read_text()
        for told, here in {"listen 443": f"listen 127.0.0.1:{self.port}", "127.0.0.1:8000": f"127.0.0.1:{self.behind}",
                           "/etc/ssl/lab.example.edu.pem": self.folder / "cert", "/var/log/nginx": self.folder,
                           "/etc/ssl/lab.example.edu.key": self.folder / "key",
                           "/usr/local/share/rialto/deploy": SOURCE / "deploy"}.items():
            self.assertIn(told, site)
            site = site.replace(told, str(here))
        (self.folder / "conf").write_text(
            f"user root;\ndaemon off;\npid {self.folder}/pid;\nevents {{}}\nhttp {{\n"
            f"include /etc/nginx/mime.types;\n{site}\n}}\n")
        self.start(["nginx", "-c", self.folder / "conf"], self.port)

    def start(self, command, port):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(process.wait)
        self.addCleanup(process.terminate)
        until = time.monotonic() + 30
        while time.monotonic() < until:
            self.assertIsNone(process.poll())
            with socket.socket() as line:
                if line.connect_ex(("127.0.0.1", port)) == 0:
                    return process
            time.sleep(0.1)
        self.fail(f"nothing listens on {port}")

    def ask(self, path, data=None):
        trusting = ssl.create_default_context()
        trusting.check_hostname = False
        trusting.verify_mode = ssl.CERT_NONE
        request = urllib.request.Request(f"https://127.0.0.1:{self.port}{path}", data=data)
        try:
            with urllib.request.urlopen(request, context=trusting, timeout=10) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.headers, refused.read().decode()

    def test_people_wait_while_the_server_is_away_and_no_key_is_written_down(self):
        status, headers, page = self.ask(LINK)
        self.assertEqual((status, headers["Retry-After"], headers["Content-Type"]), (503, "2", "text/html"))
        self.assertIn('http-equiv="refresh"', page)
        status, _, page = self.ask("/exp/p/k3j9x2ab/auction/Bid/1-0", b"rialto_pending=")
        self.assertEqual(status, 503)
        self.assertIn("Not sent yet", page)

        self.start([PROGRAM, "serve", "--data", self.folder / "data", "--listen", f"127.0.0.1:{self.behind}",
                    "--public-url", f"https://127.0.0.1:{self.port}/exp"], self.behind)
        self.assertEqual(self.ask("/exp/health")[0], 200)
        self.assertEqual(self.ask(LINK)[0], 403)
        give_up = time.monotonic() + 10
        logs = ""
        while "GET p 403" not in logs:  # it is written after the answer
            self.assertLess(time.monotonic(), give_up, logs)
            logs = "".join((self.folder / name).read_text() for name in ("rialto.log", "rialto_error.log"))
        for secret in ("SECRETKEY", "ANNA", "k3j9x2ab"):
            self.assertNotIn(secret, logs)


class Caddy(unittest.TestCase):
    @unittest.skipUnless(shutil.which("caddy"), "needs caddy")
    def test_caddy_understands_its_file(self):
        done = subprocess.run(["caddy", "validate", "--adapter", "caddyfile", "--config", SOURCE / "deploy/Caddyfile"],
                              capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    unittest.main()
