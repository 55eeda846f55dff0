"""A livekit-agents worker written for livekit-sip: it knows nothing of Trunkline.

Settings are environment variables: LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET, AGENT_NAME, SIP_TRUNK, CALL_TO. It answers each
caller with a tone, and prints the caller's attributes. Key 1 transfers the caller to CALL_TO with TransferSIPParticipant; key 2 calls
CALL_TO into the room with CreateSIPParticipant. It prints the outcome of either, one JSON object per line.
"""
import asyncio
import json
import os

import numpy as np
from livekit import api, rtc
from livekit.agents import AgentServer, JobContext, cli

RATE = 48_000
FRAME = RATE // 50
TONE = 700
work = set()

# The worker reports its load by its calls: LiveKit's default is the machine's CPU load, whichever process causes it.
server = AgentServer(port=0, load_fnc=lambda worker: len(worker.active_jobs) / 10, load_threshold=1, num_idle_processes=1)


def say(what, **more):
    print(json.dumps({"what": what, **more}), flush=True)


async def speak(source):
    n = 0
    while True:
        wave = 8_000 * np.sin(2 * np.pi * TONE * (np.arange(FRAME) + n) / RATE)
        await source.capture_frame(rtc.AudioFrame(wave.astype(np.int16).tobytes(), RATE, 1, FRAME))
        n += FRAME


async def told(what, request):
    """Sends a request to LiveKit, and prints its answer."""
    try:
        await request
        say(what, outcome="ok")
    except api.TwirpError as e:
        say(what, outcome=e.code, status=e.metadata.get("sip_status_code", ""))


@server.rtc_session(agent_name=os.environ["AGENT_NAME"])
async def answer(ctx: JobContext):
    await ctx.connect()
    caller = await ctx.wait_for_participant(kind=rtc.ParticipantKind.PARTICIPANT_KIND_SIP)
    say("caller", identity=caller.identity, name=caller.name, attributes=dict(caller.attributes))

    @ctx.room.on("participant_disconnected")
    def left(who):
        # Like an AgentSession: a caller who leaves for another reason comes back, for example if LiveKit made the caller rejoin.
        if who.identity == caller.identity and who.disconnect_reason == rtc.DisconnectReason.CLIENT_INITIATED:
            ctx.shutdown("the caller left")

    @ctx.room.on("sip_dtmf_received")
    def pressed(key):
        if key.digit == "1":
            request = told("transfer", ctx.api.sip.transfer_sip_participant(api.TransferSIPParticipantRequest(
                room_name=ctx.room.name, participant_identity=caller.identity, transfer_to=f"tel:{os.environ['CALL_TO']}")))
        elif key.digit == "2":
            request = told("call", ctx.api.sip.create_sip_participant(api.CreateSIPParticipantRequest(
                sip_trunk_id=os.environ["SIP_TRUNK"], sip_call_to=os.environ["CALL_TO"], room_name=ctx.room.name,
                participant_identity="colleague", wait_until_answered=True, ringing_timeout={"seconds": 3})))
        else:
            return
        work.add(asyncio.create_task(request))

    source = rtc.AudioSource(RATE, 1, queue_size_ms=100)
    track = rtc.LocalAudioTrack.create_audio_track("tone", source)
    await ctx.room.local_participant.publish_track(
        track, rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE))
    # This function must return, because an agent that is told to leave waits for it.
    work.add(asyncio.create_task(speak(source)))


if __name__ == "__main__":
    cli.run_app(server)
