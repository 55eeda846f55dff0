"""Trunks, rules and calls with LiveKit's Python SDK, written for livekit-sip: it knows nothing of Trunkline.

Settings are environment variables: LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET; PREFIX of all names; NUMBERS, the four
called numbers; PEER, the address they are called from; CARRIER, the target of outbound calls, with CALLED and SHOWN; AGENT, which
answers. It writes each step as one JSON object to standard output. If another party has to act first, it waits for a line on
standard input.
"""
import asyncio
import json
import os
import sys

from google.protobuf.json_format import MessageToDict
from livekit import api

PREFIX = os.environ["PREFIX"]
NUMBERS = os.environ["NUMBERS"].split(",")
PIN = "4711"


def say(step, **more):
    print(json.dumps({"step": step, **more}), flush=True)


async def told(step, request):
    """Sends a request to LiveKit, and prints its answer."""
    try:
        answer = await request
        say(step, answer=MessageToDict(answer, preserving_proto_field_name=True))
        return answer
    except api.TwirpError as e:
        say(step, error={"code": e.code, "msg": e.message, "meta": dict(e.metadata)})


async def line():
    await asyncio.to_thread(sys.stdin.readline)


async def caller(lk, rule):
    """Waits for a caller in a room of this rule."""
    while True:
        for room in (await lk.room.list_rooms(api.ListRoomsRequest())).rooms:
            for who in (await lk.room.list_participants(api.ListParticipantsRequest(room=room.name))).participants:
                if who.attributes.get("sip.ruleID") == rule:
                    say("caller", rule=rule, room=room.name, who=MessageToDict(who, preserving_proto_field_name=True))
                    return room.name, who.identity
        await asyncio.sleep(0.1)


def rule(name, trunk, number, **how):
    return api.CreateSIPDispatchRuleRequest(dispatch_rule=api.SIPDispatchRuleInfo(
        name=f"{PREFIX}-{name}", trunk_ids=[trunk], numbers=[number], metadata=f"of {name}", attributes={"team": name},
        rule=api.SIPDispatchRule(**how),
        room_config=api.RoomConfiguration(agents=[api.RoomAgentDispatch(
            agent_name=os.environ["AGENT"], metadata='{"scenario": "echo"}')])))


async def provision(sip):
    pbx = (await told("inbound-trunk", sip.create_inbound_trunk(api.CreateSIPInboundTrunkRequest(trunk=api.SIPInboundTrunkInfo(
        name=f"{PREFIX}-pbx", numbers=NUMBERS[:3], allowed_addresses=[os.environ["PEER"]],
        headers_to_attributes={"X-Ticket": "sip.h.x-ticket"}))))).sip_trunk_id
    await told("no-gate", sip.create_inbound_trunk(api.CreateSIPInboundTrunkRequest(trunk=api.SIPInboundTrunkInfo(name="open"))))
    await told("taken", sip.create_inbound_trunk(api.CreateSIPInboundTrunkRequest(trunk=api.SIPInboundTrunkInfo(
        name="again", numbers=NUMBERS[:1]))))
    carrier = (await told("outbound-trunk", sip.create_outbound_trunk(api.CreateSIPOutboundTrunkRequest(
        trunk=api.SIPOutboundTrunkInfo(name=f"{PREFIX}-carrier", address="127.0.0.1:9", numbers=[os.environ["SHOWN"]]))))).sip_trunk_id

    rules = {}
    for name, number, how in [
        ("direct", NUMBERS[0], {"dispatch_rule_direct": api.SIPDispatchRuleDirect(room_name=f"{PREFIX}-hall")}),
        ("individual", NUMBERS[1], {"dispatch_rule_individual": api.SIPDispatchRuleIndividual(room_prefix=f"{PREFIX}-one")}),
        ("pin", NUMBERS[3], {"dispatch_rule_direct": api.SIPDispatchRuleDirect(room_name=f"{PREFIX}-secret", pin=PIN)}),
        ("callee", NUMBERS[2], {"dispatch_rule_callee": api.SIPDispatchRuleCallee(room_prefix=f"{PREFIX}-draft")}),
    ]:
        rules[name] = await told(name, sip.create_dispatch_rule(rule(name, pbx, number, **how)))

    await told("trunks", sip.list_inbound_trunk(api.ListSIPInboundTrunkRequest(trunk_ids=[pbx])))
    await told("outbound-trunks", sip.list_outbound_trunk(api.ListSIPOutboundTrunkRequest(trunk_ids=[carrier])))
    await told("rules", sip.list_dispatch_rule(api.ListSIPDispatchRuleRequest(trunk_ids=[pbx])))

    await told("trunk-updated", sip.update_inbound_trunk_fields(pbx, numbers=api.ListUpdate(add=NUMBERS[3:])))
    await told("outbound-updated", sip.update_outbound_trunk_fields(carrier, address=os.environ["CARRIER"]))
    whole = rules["callee"]
    whole.rule.dispatch_rule_callee.room_prefix = f"{PREFIX}-called"
    await told("rule-updated", sip.update_dispatch_rule(whole.sip_dispatch_rule_id, whole))
    return pbx, carrier, rules


def transfer(room, identity):
    return api.TransferSIPParticipantRequest(
        room_name=room, participant_identity=identity, transfer_to=f"tel:{os.environ['CALLED']}", ringing_timeout={"seconds": 10})


def call(trunk, name):
    return api.CreateSIPParticipantRequest(
        sip_trunk_id=trunk, sip_call_to=os.environ["CALLED"], room_name=f"{PREFIX}-out", participant_identity=name,
        participant_name="Anna", participant_attributes={"order": "17"}, wait_until_answered=True, ringing_timeout={"seconds": 3})


async def main():
    async with api.LiveKitAPI() as lk:
        sip = lk.sip
        pbx, carrier, rules = await provision(sip)
        say("ready")
        for name in ("direct", "individual", "pin", "callee"):
            room, identity = await caller(lk, rules[name].sip_dispatch_rule_id)
            await line()
        await told("transfer-busy", sip.transfer_sip_participant(transfer(room, identity)))
        await line()
        await told("transfer", sip.transfer_sip_participant(transfer(room, identity)))
        for name in ("call", "call-busy", "call-declined", "call-silent"):
            await line()
            await told(name, sip.create_sip_participant(call(carrier, name)))
        for each in rules.values():
            await told("rule-deleted", sip.delete_dispatch_rule(api.DeleteSIPDispatchRuleRequest(
                sip_dispatch_rule_id=each.sip_dispatch_rule_id)))
        for each in (pbx, carrier):
            await told("trunk-deleted", sip.delete_trunk(api.DeleteSIPTrunkRequest(sip_trunk_id=each)))
        await told("call-without-trunk", sip.create_sip_participant(call(carrier, "nobody")))
        say("done")


asyncio.run(main())
