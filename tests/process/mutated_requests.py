"""Requests and frames as a browser sends them, and what becomes of them under mutation: the material of
mutated_loop.py. Everything that is drawn is drawn from one generator."""

import json

FORM = "application/x-www-form-urlencoded"
UGLY = [b"\x00", b"\xff\xfe", b"\xc0\x80", b"\xed\xa0\x80", b"\r\n", b"\n", b"%", b"%00", b"%zz", b"..", b"/", b"//", b";", b"=", b"&",
        b"\"", b"\\u0000", b"{", b"[" * 70, b"}", b"-1", b"0", b"1e308", b"9007199254740993", b"99999999999999999999", b"null",
        b"NaN", b"<script>", b"{{ x }}", b"A" * 300, b"\xe2\x80\xae", b"\x1b[2J"]


def frame(payload, first=0x81, mask=b"\x11\x22\x33\x44", length=None):
    """A masked WebSocket frame; `length` is what it claims, if that is another."""
    size = len(payload) if length is None else length
    if size < 126:
        head = bytes([first, 0x80 | size])
    elif size < 65536:
        head = bytes([first, 0xFE]) + size.to_bytes(2, "big")
    else:
        head = bytes([first, 0xFF]) + size.to_bytes(8, "big")
    return head + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))


class Victim:
    """A participant whose requests are mutated: what his browser knows."""

    def __init__(self, page, host, join):
        self.page, self.host, self.join = page, host, join
        self.cookie = page.browser.cookie_header(page.path)
        self.code = page.path.split("/")[2]

    def current(self):
        return self.page.path, self.page.config or {"page": "x/1-0", "socket": f"/p/{self.code}/live",
                                                    "lineage": "0" * 16, "record": 1, "after": 0}


class Seeds:
    """Valid requests of one victim at this moment."""

    def __init__(self, draw, victim):
        self.draw, self.victim = draw, victim
        self.path, self.config = victim.current()

    def request(self, method, path, headers=(), body=b""):
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.victim.host}", f"Cookie: {self.victim.cookie}", *headers]
        return ("\r\n".join(lines) + "\r\n\r\n").encode() + body

    def form(self):
        fields = "&".join(f"{name}={value}" for name, value in (
            ("consent", "1"), ("number", "7"), ("sum", "4"), ("thought", "3"), ("given", "4"), ("token", "1"),
            ("timeout_happened", self.draw.choice("01")), ("note", "a%20b"),
            ("rialto_pending", self.pending() if self.draw.random() < 0.4 else "")))
        body = fields.encode()
        return self.request("POST", self.path, (f"Content-Type: {FORM}", f"Content-Length: {len(body)}"), body)

    def chunked(self):
        body = b"number=7&consent=1"
        pieces = b"".join(b"%x\r\n%s\r\n" % (len(body[i:i + 5]), body[i:i + 5]) for i in range(0, len(body), 5))
        return self.request("POST", self.path, (f"Content-Type: {FORM}", "Transfer-Encoding: chunked"),
                            pieces + b"0\r\n\r\n")

    def pending(self):
        sends = [dict(self.send(number), sender=self.sender(), page=self.config["page"])
                 for number in range(1, self.draw.randint(1, 4))]
        return json.dumps(sends).replace("%", "%25").replace("&", "%26")

    def sender(self):
        return self.draw.choice(("abcdefgh0001", "abcdefgh0002", "".join(self.draw.choices("abcXYZ019_-", k=12))))

    def send(self, number):
        data = self.draw.choice((1, "x", None, {"amount": 3}, {"to": 2, "amount": 1, "token": number}, [1, [2, {"a": None}]],
                                 {"type": "load"}, "é\u2028", 1.5e300, True,
                                 {"rialto_chat": {"channel": "", "nickname": "a", "key": "k", "body": "hello"}}))
        return {"type": "send", "n": number, "data": data}

    def upgrade(self):
        head = self.request("GET", self.config["socket"], (
            "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", f"Origin: http://{self.victim.host}"))
        hello = {"type": "hello", "version": 1, "page": self.config["page"], "sender": self.sender(),
                 "lineage": self.config["lineage"], "rendered": self.config["record"],
                 "after": self.draw.choice((0, self.config["record"]))}
        frames = [frame(json.dumps(hello).encode())]
        for number in range(1, self.draw.randint(2, 12)):
            frames.append(self.one_frame(number))
        return head, frames

    def one_frame(self, number):
        text = json.dumps(self.send(number)).encode()
        half = len(text) // 2
        return self.draw.choice((
            lambda: frame(text),
            lambda: frame(text),
            lambda: frame(json.dumps({"type": "ping"}).encode()),
            lambda: frame(b"p" * self.draw.randint(0, 125), 0x89),
            lambda: frame(b"", 0x8A),
            lambda: frame(text[:half], 0x01) + frame(b"between", 0x89) + frame(text[half:], 0x80),
            lambda: frame(text, 0x82),
            lambda: frame((1000 + self.draw.randint(0, 15)).to_bytes(2, "big") + b"bye", 0x88),
            lambda: frame(b"x" * self.draw.choice((125, 126, 65535, 65536, 70000))),
            lambda: frame(text, length=self.draw.choice((0, 200, 1 << 20, (1 << 63) - 1))),
        ))()

    def whole(self):
        """One valid request without an upgrade."""
        v = self.victim
        return self.draw.choice((
            lambda: self.request("GET", self.path),
            lambda: self.request("GET", f"/p/{v.code}/"),
            lambda: self.request("HEAD", self.path),
            self.form, self.form, self.form, self.chunked,
            lambda: self.request("GET", v.join),
            lambda: self.request("POST", v.join + "?visitor=" + "a" * 32, ("Content-Length: 0",)),
            lambda: self.request("GET", v.join + "?participant_label=PC_1"),
            lambda: self.request("GET", "/static/rialto.js", (f"Range: bytes={self.draw.choice(('0-1', '5-', '-7', '9999999-', '0-0,2-3', 'x-y'))}",)),
            lambda: self.request("GET", "/static/rialto.css?v=1", ('If-None-Match: "x"', "Accept-Encoding: gzip")),
            lambda: self.request("GET", "/health"),
            lambda: self.request("GET", f"/p/{v.code}/live"),
            lambda: self.request("GET", "/room/lab?participant_label=a&hash=b"),
            lambda: self.request("OPTIONS", "*"),
        ))()


def mutate(draw, data, most=4):
    """Some small damages; now and then none."""
    data = bytearray(data)
    for _ in range(draw.choice((0, 1, 1, 1, 2, most))):
        at = draw.randint(0, len(data))
        end = min(len(data), at + draw.choice((1, 1, 2, 8, 64, 400)))
        damage = draw.randint(0, 8)
        if damage == 0 and data:
            at = min(at, len(data) - 1)
            data[at] ^= 1 << draw.randint(0, 7)
        elif damage == 1:
            del data[at:end]
        elif damage == 2:
            data[at:at] = draw.choice(UGLY)
        elif damage == 3:
            data[at:at] = data[at:end] * draw.choice((1, 2, 30))
        elif damage == 4:
            data[at:end] = bytes(draw.randrange(256) for _ in range(end - at))
        elif damage == 5:
            del data[at:]
        elif damage == 6:
            words = bytes(data).split(b" ")
            draw.shuffle(words) if draw.random() < 0.1 else words.reverse() if draw.random() < 0.1 else None
            data = bytearray(b" ".join(words))
        elif damage == 7:
            data = bytearray(bytes(data).replace(b"\r\n", b"\r\n" + draw.choice(
                (b"Content-Length: 5\r\n", b"Transfer-Encoding: chunked\r\n", b"Cookie: rialto=x\r\n", b" folded\r\n", b"X: " + b"y" * 9000 + b"\r\n",
                 b"Expect: 100-continue\r\n", b"Connection: close\r\n", b"Upgrade: h2c\r\n")), draw.choice((1, 1, 3))))
        else:
            number = draw.choice((b"0", b"-1", b"4294967296", b"18446744073709551616"))
            data = bytearray(bytes(data).replace(str(draw.randint(0, 9)).encode(), number, 1))
    return bytes(data)
