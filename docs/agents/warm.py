"""Hands callers over warm: at the caller's `9` somebody is called, hears who is calling, and takes the caller by `1`.

    python warm.py start

Whom to call stands in the rule: `agents: [{name: warm, metadata: {hand_over: "+3225550199"}}]`. It asks nobody for speech: where
a real agent would speak, it hums. Put your AgentSession with STT, LLM and TTS in the place of `hum`.
"""
import asyncio
import json
import logging
import os

import numpy as np
from livekit import rtc
from livekit.agents import AgentServer, JobContext, cli

log = logging.getLogger("warm")
RATE = 48_000
FRAME = RATE // 50
TONE = 440
TOPIC = "trunkline.transfer"
# Why a caller leaves who does not come back under the same identity.
GONE = (rtc.DisconnectReason.CLIENT_INITIATED, rtc.DisconnectReason.PARTICIPANT_REMOVED)

server = AgentServer(
    port=int(os.environ.get("AGENT_PORT", "8081")),
    load_fnc=lambda worker: len(worker.active_jobs) / 10,
    load_threshold=1,
    num_idle_processes=1,
)
doing = set()


def begin(work):
    job = asyncio.create_task(work)
    doing.add(job)
    job.add_done_callback(doing.discard)


async def hum(source):
    n = 0
    while True:
        wave = 8_000 * np.sin(2 * np.pi * TONE * (np.arange(FRAME) + n) / RATE)
        await source.capture_frame(rtc.AudioFrame(wave.astype(np.int16).tobytes(), RATE, 1, FRAME))
        n += FRAME


class HandOver:
    """Of one caller."""

    def __init__(self, room, caller, to):
        self.room = room
        self.caller = caller
        self.to = to
        self.target = None

    async def ask(self, method, payload=""):
        return json.loads(await self.room.local_participant.perform_rpc(
            destination_identity=self.caller.identity, method=method, payload=payload, response_timeout=90))

    async def start(self):
        # Say "one moment, please" before: from here on the caller hears the waiting sound.
        try:
            said = await self.ask(TOPIC, json.dumps({"to": self.to, "way": "warm", "ringing_seconds": 30}))
        except rtc.RpcError as why:
            # Nobody answers, for example: the caller hears the agent again.
            log.info("not handed over: %s %s", why.code, why.message)
            return
        # With an AgentSession: `session.room_io.set_participant(said["participant"])`, and say who is calling and why.
        self.target = said["participant"]
        log.info("speaking with the target")

    async def complete(self):
        try:
            await self.ask(TOPIC + ".complete")
        except rtc.RpcError as why:
            log.info("not joined: %s %s", why.code, why.message)


# The name that rules write: `agents: [{name: warm, …}]`.
@server.rtc_session(agent_name=os.environ.get("AGENT_NAME", "warm"))
async def answer(ctx: JobContext):
    task = json.loads(ctx.job.metadata or "{}")
    await ctx.connect()
    caller = await ctx.wait_for_participant(kind=rtc.ParticipantKind.PARTICIPANT_KIND_SIP)
    log.info("agent of call %s is process %d", caller.attributes["trunkline.callId"], os.getpid())
    hand_over = HandOver(ctx.room, caller, task.get("hand_over", ""))

    @ctx.room.on("participant_disconnected")
    def left(who: rtc.RemoteParticipant):
        if who.identity == caller.identity and who.disconnect_reason in GONE:
            ctx.shutdown("the caller hung up")

    @ctx.room.on("sip_dtmf_received")
    def pressed(key: rtc.SipDTMF):
        who = key.participant.identity if key.participant else ""
        if who == caller.identity and key.digit == "9":
            begin(hand_over.start())
        elif who and who == hand_over.target and key.digit == "1":
            begin(hand_over.complete())

    @ctx.room.on("data_received")
    def told(packet: rtc.DataPacket):
        if packet.topic != TOPIC:
            return
        said = json.loads(packet.data)
        log.info("the hand-over has %s: %s", said["state"], said.get("detail", ""))
        if said["state"] == "failed":
            # Declined, hung up or too long: with an AgentSession, back to the caller.
            # `session.room_io.set_participant(caller.identity)`
            hand_over.target = None

    source = rtc.AudioSource(RATE, 1, queue_size_ms=100)
    track = rtc.LocalAudioTrack.create_audio_track("voice", source)
    await ctx.room.local_participant.publish_track(
        track, rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE))
    begin(hum(source))


if __name__ == "__main__":
    cli.run_app(server)
