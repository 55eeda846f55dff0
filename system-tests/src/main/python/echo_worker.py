"""A LiveKit worker for the benchmark: echoes what it hears, and does nothing else.

    python echo_worker.py start

Settings are environment variables: LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET, AGENT_NAME, AGENT_CALLS (concurrent calls),
AGENT_IDLE (processes that wait for a job). Everything else is LiveKit's SDK default: one process per job, Opus.
"""
import asyncio
import os

from livekit import rtc
from livekit.agents import AgentServer, JobContext, cli

RATE = 48_000
CALLS = int(os.environ["AGENT_CALLS"])
echoing = set()

server = AgentServer(
    port=0,
    # A benchmark loads the machine, so the CPU load says nothing about this worker's capacity.
    load_fnc=lambda worker: len(worker.active_jobs) / (CALLS + 1),
    load_threshold=1,
    num_idle_processes=int(os.environ["AGENT_IDLE"]),
)


async def echo(caller, source):
    stream = rtc.AudioStream.from_participant(
        participant=caller, track_source=rtc.TrackSource.SOURCE_MICROPHONE, sample_rate=RATE, num_channels=1)
    async for heard in stream:
        await source.capture_frame(heard.frame)


@server.rtc_session(agent_name=os.environ["AGENT_NAME"])
async def answer(ctx: JobContext):
    await ctx.connect()
    # A queue of 0 ms: each frame is sent when it arrives, so the measurement covers the path and not a queue.
    source = rtc.AudioSource(RATE, 1, queue_size_ms=0)
    track = rtc.LocalAudioTrack.create_audio_track("echo", source)
    await ctx.room.local_participant.publish_track(
        track, rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE))
    caller = await ctx.wait_for_participant(kind=rtc.ParticipantKind.PARTICIPANT_KIND_SIP)

    @ctx.room.on("participant_disconnected")
    def left(who):
        if who.identity == caller.identity:
            ctx.shutdown("the caller left")

    # This function must return, because an agent that is told to leave waits for it.
    echoing.add(asyncio.create_task(echo(caller, source)))


if __name__ == "__main__":
    cli.run_app(server)
