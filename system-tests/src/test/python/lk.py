"""Trunks, rules and calls, with the requests that the command `lk` makes from its files in a directory. It knows nothing of Trunkline.

    python lk.py FOLDER

Settings, steps and lines are those of provision.py. `lk sip inbound create FILE` and similar commands are represented by a Twirp request
with the body of that file, and a token with the grants that `lk` gives itself.
"""
import base64
import hashlib
import hmac
import json
import os
import pathlib
import string
import sys
import time
import urllib.error
import urllib.request

FILES = pathlib.Path(sys.argv[1])
URL = os.environ["LIVEKIT_URL"].replace("ws", "http", 1)
KEY = os.environ["LIVEKIT_API_KEY"]
SECRET = os.environ["LIVEKIT_API_SECRET"]
NUMBERS = os.environ["NUMBERS"].split(",")
SETTINGS = dict(os.environ, DIRECT=NUMBERS[0], INDIVIDUAL=NUMBERS[1], CALLEE=NUMBERS[2], PIN=NUMBERS[3])


def say(step, **more):
    print(json.dumps({"step": step, **more}), flush=True)


def base(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def token(grants):
    now = int(time.time())
    head = base(json.dumps({"alg": "HS256", "typ": "JWT"}).encode())
    claims = base(json.dumps({"iss": KEY, "nbf": now - 10, "exp": now + 300, **grants}).encode())
    seal = hmac.new(SECRET.encode(), f"{head}.{claims}".encode(), hashlib.sha256).digest()
    return f"{head}.{claims}.{base(seal)}"


def ask(service, method, body, **grants):
    request = urllib.request.Request(
        f"{URL}/twirp/livekit.{service}/{method}", data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {token(grants)}"})
    with urllib.request.urlopen(request, timeout=80) as answer:
        return json.load(answer)


def told(step, method, body, **grants):
    """Sends a request to LiveKit, and prints its answer."""
    try:
        answer = ask("SIP", method, body, **(grants or {"sip": {"admin": True}}))
        say(step, answer=answer)
        return answer
    except urllib.error.HTTPError as e:
        error = json.load(e)
        say(step, error={"code": error["code"], "msg": error["msg"], "meta": error.get("meta", {})})
        return {}


def file(name, **more):
    return json.loads(string.Template((FILES / f"{name}.json").read_text()).substitute(SETTINGS, **more))


def caller(rule):
    """Waits for a caller in a room of this rule, like a user of `lk room list` and `lk room participants list`."""
    while True:
        for room in ask("RoomService", "ListRooms", {}, video={"roomList": True}).get("rooms", []):
            found = ask("RoomService", "ListParticipants", {"room": room["name"]}, video={"roomAdmin": True, "room": room["name"]})
            for who in found.get("participants", []):
                if who.get("attributes", {}).get("sip.ruleID") == rule:
                    say("caller", rule=rule, room=room["name"], who=who)
                    return room["name"], who["identity"]
        time.sleep(0.1)


def transfer(step, room, identity):
    told(step, "TransferSIPParticipant",
         {"roomName": room, "participantIdentity": identity, "transferTo": f"tel:{os.environ['CALLED']}", "ringingTimeout": "10s"},
         sip={"call": True}, video={"roomAdmin": True, "room": room})


def main():
    pbx = told("inbound-trunk", "CreateSIPInboundTrunk", file("inbound-trunk"))["sip_trunk_id"]
    told("no-gate", "CreateSIPInboundTrunk", file("open-trunk"))
    told("taken", "CreateSIPInboundTrunk", file("same-number"))
    carrier = told("outbound-trunk", "CreateSIPOutboundTrunk", file("outbound-trunk"))["sip_trunk_id"]
    names = ("direct", "individual", "pin", "callee")
    rules = {name: told(name, "CreateSIPDispatchRule", file(name, TRUNK=pbx))["sip_dispatch_rule_id"] for name in names}
    told("trunks", "ListSIPInboundTrunk", {})
    told("outbound-trunks", "ListSIPOutboundTrunk", {})
    told("rules", "ListSIPDispatchRule", {})
    # `lk sip inbound update --id … --numbers …`, `lk sip outbound update --id … --address …` update fields; with a file, the whole.
    told("trunk-updated", "UpdateSIPInboundTrunk", {"sipTrunkId": pbx, "update": {"numbers": {"set": NUMBERS}}})
    told("outbound-updated", "UpdateSIPOutboundTrunk", {"sipTrunkId": carrier, "update": {"address": os.environ["CARRIER"]}})
    told("rule-updated", "UpdateSIPDispatchRule",
         {"sipDispatchRuleId": rules["callee"], "replace": file("callee-changed", TRUNK=pbx)})
    say("ready")

    for name in names:
        room, identity = caller(rules[name])
        sys.stdin.readline()
    transfer("transfer-busy", room, identity)
    sys.stdin.readline()
    transfer("transfer", room, identity)
    for name in ("call", "call-busy", "call-declined", "call-silent"):
        sys.stdin.readline()
        told(name, "CreateSIPParticipant", file("participant", CARRIER_ID=carrier, IDENTITY=name), sip={"call": True})
    for rule in rules.values():
        told("rule-deleted", "DeleteSIPDispatchRule", {"sipDispatchRuleId": rule})
    for trunk in (pbx, carrier):
        told("trunk-deleted", "DeleteSIPTrunk", {"sipTrunkId": trunk})
    told("call-without-trunk", "CreateSIPParticipant", file("participant", CARRIER_ID=carrier, IDENTITY="nobody"), sip={"call": True})
    say("done")


main()
