#!/usr/bin/env python3
"""A door controller after docs/door-link.md: door_client.py URL DOOR KEY [FORMAT]. Each line that comes in is a card,
each line that goes out the answer. Left out: hours, and telling later what it did alone (section 6)."""
import contextlib, datetime, hashlib, hmac, http.client, json, secrets, select, sys, time, urllib.parse, uuid

TIMEOUT, POLL = 0.3, 15  # seconds: for one answer, and between two questions for the time
FAILURES = (OSError, ValueError, LookupError, http.client.HTTPException)


def mac(key, *parts):
    return hmac.new(key, "\n".join(map(str, parts)).encode(), hashlib.sha256)


def epoch(moment):
    return datetime.datetime.fromisoformat(moment.replace("Z", "+00:00")).timestamp()


class Door:
    session, ahead, cards, rev, valid_until, list_again = None, 0, {}, 0, 0, 0

    def __init__(self, url, door, key):
        self.host, self.door, self.key = urllib.parse.urlsplit(url).netloc, door, bytes.fromhex(key)

    def send(self, method, path, body, headers={}):
        link = http.client.HTTPConnection(self.host, timeout=TIMEOUT)
        link.request(method, path, body or None, headers)
        return (reply := link.getresponse()).status, reply.getheader("Latchkey-Signature"), reply.read().decode()

    def believe(self, ours, theirs):
        if not hmac.compare_digest(ours.hexdigest().encode(), str(theirs).encode()):
            self.session = None  # all that an unsigned reply can do: the next question opens a new one
            raise ValueError("what answered does not hold the key of this door")

    def ask(self, method, path, body=""):
        if self.session is None:
            hello = {"door": self.door, "client_nonce": secrets.token_hex(16)}
            reply = json.loads(self.send("POST", "/door/v1/session", json.dumps(hello))[2])
            tail = f"|{self.door}|{hello['client_nonce']}|{reply['server_nonce']}"
            self.believe(mac(self.key, "latchkey-server" + tail), reply["proof"])
            self.session, self.seq, self.signer = reply["session"], 0, mac(self.key, "latchkey-session" + tail).digest()
        self.seq += 1
        head = {"Latchkey-Signature": mac(self.signer, self.seq, method, path, body).hexdigest()}
        head.update({"Latchkey-Session": self.session, "Latchkey-Seq": str(self.seq)})
        status, theirs, text = self.send(method, path, body, head)
        self.believe(mac(self.signer, self.seq, status, text), theirs)
        return json.loads(text if status != 503 else "")  # a desk that cannot decide is silent

    def present(self, card, form=None):
        question = json.dumps({"id": str(uuid.uuid4()), "card": card, **({"format": form} if form else {})})
        for _ in range(2):  # the second time a new number, and the same id
            with contextlib.suppress(*FAILURES):
                return self.ask("POST", "/door/v1/check", question)
        entry = self.cards.get(card, {"until": "1970-01-01T00:00:00Z", "windows": []})
        now = self.ahead and self.ahead + time.monotonic()  # 0: the time is not known, and `always` alone opens
        grant = now < epoch(entry["until"]) and entry.get("always", not entry["windows"] and 0 < now < self.valid_until)
        return {"grant": grant, "reason": "by the list", "open_ms": 3000 if grant else 0}

    def catch_up(self):
        told = self.ask("GET", "/door/v1/time")
        self.ahead = epoch(told["now"]) - time.monotonic()
        entries, revs, more = [], set(), told["list_rev"] != self.rev or time.monotonic() >= self.list_again
        while more:
            after = urllib.parse.quote(entries[-1]["card"] if entries else "")
            page = self.ask("GET", "/door/v1/list?since=0&after=" + after)
            entries, revs, more = entries + page["entries"], revs | {page["rev"]}, page["more"]
        if len(revs) == 1:  # two: it changed between two pages, so again the next time
            self.cards = {entry["card"]: entry for entry in entries}
            self.rev, self.valid_until, self.list_again = page["rev"], epoch(page["valid_until"]), 600 + time.monotonic()


def main(url, door, key, form=None):
    door, cards = Door(url, door, key), open(0, "rb", buffering=0)
    while True:
        try:
            door.catch_up()
        except FAILURES as trouble:
            print(f"The desk is silent: {trouble!r}", file=sys.stderr)
        if select.select([cards], [], [], POLL)[0]:
            if not (line := cards.readline()):
                return
            print(json.dumps(door.present(line.decode().strip(), form)), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
