"""A LiveKit worker whose agents send a tone for as long as they live, each in its own process.

Settings are environment variables: LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET, AGENT_NAME, AGENT_TONE (Hz), AGENT_CALLS
(concurrent calls). If the caller presses 0, the agent leaves and the room stays; if the caller presses #, the agent deletes the room.
"""
import asyncio
import os

import numpy as np
from livekit import rtc
from livekit.agents import AgentServer, JobContext, cli

RATE = 48_000
FRAME = RATE // 50
TONE = int(os.environ["AGENT_TONE"])
CALLS = int(os.environ["AGENT_CALLS"])
speaking = set()

server = AgentServer(
    port=0,
    load_fnc=lambda worker: len(worker.active_jobs) / CALLS,
    load_threshold=1,
    num_idle_processes=1,
)


async def speak(source):
    n = 0
    while True:
        wave = 8_000 * np.sin(2 * np.pi * TONE * (np.arange(FRAME) + n) / RATE)
        await source.capture_frame(rtc.AudioFrame(wave.astype(np.int16).tobytes(), RATE, 1, FRAME))
        n += FRAME


@server.rtc_session(agent_name=os.environ["AGENT_NAME"])
async def answer(ctx: JobContext):
    await ctx.connect()
    caller = await ctx.wait_for_participant(kind=rtc.ParticipantKind.PARTICIPANT_KIND_SIP)
    print(f"agent of call {caller.attributes['trunkline.callId']} is process {os.getpid()}", flush=True)

    @ctx.room.on("participant_disconnected")
    def left(who):
        if who.identity == caller.identity:
            ctx.shutdown("the caller left")

    @ctx.room.on("sip_dtmf_received")
    def pressed(key):
        if key.digit == "0":
            ctx.shutdown("key 0")
        elif key.digit == "#":
            ctx.delete_room()

    source = rtc.AudioSource(RATE, 1, queue_size_ms=100)
    track = rtc.LocalAudioTrack.create_audio_track("tone", source)
    await ctx.room.local_participant.publish_track(
        track, rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE))
    # This function must return, because an agent that is told to leave waits for it.
    speaking.add(asyncio.create_task(speak(source)))


if __name__ == "__main__":
    cli.run_app(server)
