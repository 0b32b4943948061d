#!/usr/bin/env python3
"""A door controller after docs/door-link.md: door_client.py URL DOOR KEY [FORMAT]. Each line that comes in is a card that
was shown, each line that goes out the answer. Left out: hours, and telling later what it did alone (section 6)."""
import datetime, hashlib, hmac, http.client, json, secrets, select, sys, time, urllib.parse, uuid

TIMEOUT, POLL = 0.3, 15  # seconds: for one answer, and between two questions for the time
FAILURES = (OSError, ValueError, KeyError, http.client.HTTPException)


def mac(key, *parts):
    return hmac.new(key, "\n".join(map(str, parts)).encode(), hashlib.sha256)


def same(ours, theirs):
    return hmac.compare_digest(ours.hexdigest().encode(), str(theirs).encode())


def epoch(moment):
    return datetime.datetime.fromisoformat(moment.replace("Z", "+00:00")).timestamp()


class Door:
    session = ahead = None  # `ahead`: seconds of the desk's clock over our own, once it was told
    cards, rev, valid_until, list_again = {}, 0, 0, 0

    def __init__(self, url, door, key):
        self.host, self.door, self.key = urllib.parse.urlsplit(url).netloc, door, bytes.fromhex(key)

    def send(self, method, path, body, headers={}):
        link = http.client.HTTPConnection(self.host, timeout=TIMEOUT)
        link.request(method, path, body or None, headers)
        reply = link.getresponse()
        return reply.status, reply.getheader("Latchkey-Signature"), reply.read().decode()

    def open_session(self):
        nonce = secrets.token_hex(16)
        reply = json.loads(self.send("POST", "/door/v1/session", json.dumps({"door": self.door, "client_nonce": nonce}))[2])
        tail = f"|{self.door}|{nonce}|{reply['server_nonce']}"
        if not same(mac(self.key, "latchkey-server" + tail), reply["proof"]):
            raise ValueError("what answered does not hold the key of this door")
        self.session, self.seq, self.signer = reply["session"], 0, mac(self.key, "latchkey-session" + tail).digest()

    def ask(self, method, path, body=""):
        if self.session is None:
            self.open_session()
        self.seq += 1
        status, signature, text = self.send(method, path, body, {
            "Latchkey-Session": self.session, "Latchkey-Seq": str(self.seq),
            "Latchkey-Signature": mac(self.signer, self.seq, method, path, body).hexdigest()})
        if status == 503 or not same(mac(self.signer, self.seq, status, text), signature):
            self.session = None  # all that an unsigned reply can do: the next question opens a new one
            raise ValueError("no reply that is signed and decides")
        return json.loads(text)

    def present(self, card, form=None):
        question = json.dumps({"id": str(uuid.uuid4()), "card": card, **({"format": form} if form else {})})
        for _ in range(2):  # the second time a new number, and the same id
            try:
                return self.ask("POST", "/door/v1/check", question)
            except FAILURES:
                pass
        return self.alone(card)

    def alone(self, card):  # an entry with hours stays shut, and without the time so does all but `always`
        entry, now = self.cards.get(card), self.ahead and self.ahead + time.monotonic()
        good = entry is not None and (now is None or now < epoch(entry["until"]))
        grant = good and (entry.get("always") or now is not None and now < self.valid_until and not entry["windows"])
        return {"grant": bool(grant), "reason": "by the list", "open_ms": 3000 if grant else 0}

    def catch_up(self):
        told = self.ask("GET", "/door/v1/time")
        self.ahead = epoch(told["now"]) - time.monotonic()
        if told["list_rev"] == self.rev and time.monotonic() < self.list_again:
            return
        cards, revs, page = {}, set(), {"more": True}
        while page["more"]:
            after = urllib.parse.quote(max(cards, key=str.encode, default=""))
            page = self.ask("GET", "/door/v1/list?since=0&after=" + after)
            cards.update({entry["card"]: entry for entry in page["entries"]})
            revs.add(page["rev"])
        if len(revs) == 1:  # else it changed between two pages: again the next time
            self.cards, self.rev, self.valid_until = cards, page["rev"], epoch(page["valid_until"])
            self.list_again = time.monotonic() + 600


def main(url, door, key, form=None):
    door, cards = Door(url, door, key), open(0, "rb", buffering=0)
    while True:
        try:
            door.catch_up()
        except FAILURES as trouble:
            print(f"The desk is silent: {trouble!r}", file=sys.stderr)
        if select.select([cards], [], [], POLL)[0]:
            line = cards.readline()
            if not line:
                return
            print(json.dumps(door.present(line.decode().strip(), form)), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
