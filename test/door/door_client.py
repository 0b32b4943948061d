#!/usr/bin/env python3
"""A door controller in one file, written from docs/door-link.md alone (Python 3, standard library).

python3 door_client.py URL DOOR KEY CARD [--format F]   one presentation: the answer as one line of JSON
python3 door_client.py --vector                         checks the test vector of the document
"""
import argparse, hashlib, hmac, http.client, json, secrets, sys, urllib.parse, uuid

TIMEOUT = 2.0  # seconds; a person waits at this one. A controller gives an answer 0.3 s.


def mac(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256)


def proof_and_session_key(key, door, client_nonce, server_nonce):
    tail = "|%s|%s|%s" % (door, client_nonce, server_nonce)
    return mac(key, "latchkey-server" + tail).hexdigest(), mac(key, "latchkey-session" + tail).digest()


def sign(session_key, *parts):
    return mac(session_key, "\n".join(str(part) for part in parts)).hexdigest()


class Failed(Exception):
    """What goes to the caller as JSON, with exit 1."""


class Door:
    def __init__(self, url, door, key):
        self.host = urllib.parse.urlsplit(url).netloc
        self.door, self.key = door, bytes.fromhex(key)
        self.session = None

    def send(self, method, path, body, headers):
        link = http.client.HTTPConnection(self.host, timeout=TIMEOUT)
        link.request(method, path, body or None, {**headers, "Content-Type": "application/json"})
        reply = link.getresponse()
        return reply.status, reply.getheader("Latchkey-Signature", ""), reply.read().decode()

    def open_session(self):
        nonce = secrets.token_hex(16)
        body = json.dumps({"door": self.door, "client_nonce": nonce})
        status, _, text = self.send("POST", "/door/v1/session", body, {})
        reply = json.loads(text)
        if status != 200:
            raise Failed(reply)
        proof, self.session_key = proof_and_session_key(self.key, self.door, nonce, reply["server_nonce"])
        if not hmac.compare_digest(proof.encode(), str(reply["proof"]).encode()):
            raise Failed({"error": "bad-proof"})
        self.session, self.seq = reply["session"], 0

    def ask(self, method, path, body=""):
        """The JSON of a signed reply. An unsigned one ends the session and is believed in nothing else."""
        if self.session is None:
            self.open_session()
        self.seq += 1
        headers = {"Latchkey-Session": self.session, "Latchkey-Seq": str(self.seq),
                   "Latchkey-Signature": sign(self.session_key, self.seq, method, path, body)}
        status, signature, text = self.send(method, path, body, headers)
        if not hmac.compare_digest(sign(self.session_key, self.seq, status, text).encode(), signature.encode()):
            self.session = None
            raise Failed(json.loads(text) if status != 200 else {"error": "bad-reply-signature"})
        if status != 200:
            raise Failed(json.loads(text))
        return json.loads(text)

    def check(self, card, form=None):
        question = {"id": str(uuid.uuid4()), "card": card, **({"format": form} if form else {})}
        try:
            return self.ask("POST", "/door/v1/check", json.dumps(question))
        except OSError:  # the one retry: a new number, the same presentation id
            return self.ask("POST", "/door/v1/check", json.dumps(question))


def vector():
    proof, session_key = proof_and_session_key(bytes(range(32)), "front", "a" * 32, "b" * 32)
    request = '{"id":"00000000-0000-4000-8000-000000000001","card":"6F007B3972"}'
    reply = '{"grant":true,"reason":"ok","open_ms":3000,"receipt":"r1","list_rev":7}'
    assert proof == "bcd9fdfd940fe5049e7024ccb6e6196375d1d10ca073b7b39343c5505804e513", "proof"
    assert session_key.hex() == "fb0a86b415af4161c7b59bbc4c9e14b6aadc35666642db4bb15e24cd3321c6f5", "session key"
    signed = sign(session_key, 1, "POST", "/door/v1/check", request)
    assert signed == "1ec3392847fbe7b1a9ab7c2c273c3aeb6b76670cc655911da555ade94f4ce44a", "request"
    assert sign(session_key, 1, 200, reply) == "24c9f4db60272f46238ede8864183f4f99dd0cd7050f39b81632597fef9df9a6", "reply"


if __name__ == "__main__":
    if sys.argv[1:] == ["--vector"]:
        vector()
        sys.exit(print("ok"))
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("url", "door", "key", "card", "--format"):
        options.add_argument(name)
    args = options.parse_args()
    try:
        print(json.dumps(Door(args.url, args.door, args.key).check(args.card, args.format)))
    except Failed as failed:
        sys.exit(print(json.dumps(failed.args[0])) or 1)
    except (OSError, ValueError, KeyError, http.client.HTTPException) as trouble:
        sys.exit(print(json.dumps({"error": "unreachable", "detail": str(trouble)})) or 1)
