"""A passkey in software: it makes keys and answers challenges as a device would (W3C Web Authentication, level 2, 6)."""

from __future__ import annotations

import hashlib
import json
import struct

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class Authenticator:
    """A device with one key (ES256), which counts how often it was used; ``flags`` say what it knows of its holder."""

    def __init__(self, origin="http://localhost", flags=PRESENT | VERIFIED):
        self.origin, self.flags, self.count = origin, flags, 0
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential = hashlib.sha256(str(self.key.private_numbers().private_value).encode()).digest()

    def make(self, options):
        """The answer (JSON) to being asked for a new key."""
        asked = json.loads(options)
        numbers = self.key.public_key().public_numbers()
        cose = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)})
        attested = bytes(16) + struct.pack(">H", len(self.credential)) + self.credential + cose
        data = self._data(asked["rp"]["id"], self.flags | ATTESTED) + attested
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer("webauthn.create", asked["challenge"], attestationObject=bytes_to_base64url(attestation))

    def show(self, options):
        """The answer (JSON) to being asked to show the key."""
        asked = json.loads(options)
        self.count += 1
        data = self._data(asked["rpId"], self.flags)
        client = self._client("webauthn.get", asked["challenge"])
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            "webauthn.get",
            asked["challenge"],
            authenticatorData=bytes_to_base64url(data),
            signature=bytes_to_base64url(signature),
        )

    def _data(self, domain, flags):
        return hashlib.sha256(domain.encode()).digest() + struct.pack(">BI", flags, self.count)

    def _client(self, kind, challenge):
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _answer(self, kind, challenge, **response):
        name = bytes_to_base64url(self.credential)
        response["clientDataJSON"] = bytes_to_base64url(self._client(kind, challenge))
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})


def forged(answer, **response):
    """The answer with something else in it."""
    said = json.loads(answer)
    said["response"] |= response
    return json.dumps(said)


def damaged(encoded):
    """The same bytes but for the last one."""
    raw = bytearray(base64url_to_bytes(encoded))
    raw[-1] ^= 1
    return bytes_to_base64url(bytes(raw))
