"""Greets each caller as the called number is configured, answers keys with keys, and hangs up at `#`.

    python greeter.py start

It asks nobody for speech: where a real agent would speak, it plays one note for each word of the greeting, in a pitch that
depends on the language. Put your AgentSession with STT, LLM and TTS in the place of `greet`.
"""
import asyncio
import json
import logging
import os

import numpy as np
from livekit import rtc
from livekit.agents import AgentServer, JobContext, cli

log = logging.getLogger("greeter")
MOST_CALLS = int(os.environ.get("AGENT_CALLS", "10"))
RATE = 48_000
FRAME = RATE // 50
PITCH = {"en": 440, "fr": 550, "nl": 660}
# Why a caller leaves who does not come back.
GONE = (rtc.DisconnectReason.CLIENT_INITIATED, rtc.DisconnectReason.PARTICIPANT_REMOVED)

server = AgentServer(
    # The worker's health page, at LiveKit's default; give a second worker on the machine another.
    port=int(os.environ.get("AGENT_PORT", "8081")),
    # How busy it is: 1 is full. LiveKit's default is the CPU of the machine above 70 %, whoever uses it.
    load_fnc=lambda worker: len(worker.active_jobs) / MOST_CALLS,
    load_threshold=1,
    num_idle_processes=1,
)


async def until(room, event, what):
    """Waits until `what` holds, and looks again at each event of the room with this name."""
    happened = asyncio.Event()
    room.on(event, lambda *_: happened.set())
    while not what():
        await happened.wait()
        happened.clear()


async def greet(source, text, language):
    """One note a word. With an AgentSession: `await session.say(text)`."""
    hertz = PITCH.get(language, 880)
    note = 8_000 * np.sin(2 * np.pi * hertz * np.arange(RATE // 5) / RATE)
    sound = np.concatenate([np.concatenate([note, np.zeros(RATE // 50)]) for _ in text.split()] or [np.zeros(0)])
    for start in range(0, len(sound), FRAME):
        samples = sound[start:start + FRAME].astype(np.int16)
        await source.capture_frame(rtc.AudioFrame(samples.tobytes(), RATE, 1, len(samples)))
    await source.wait_for_playout()


# The name that rules write: `agents: [{name: greeter}]`.
@server.rtc_session(agent_name=os.environ.get("AGENT_NAME", "greeter"))
async def answer(ctx: JobContext):
    # What the rule gives this agent: `agents: [{name: greeter, metadata: {…}}]`. Empty where it gives nothing.
    task = json.loads(ctx.job.metadata or "{}")

    # Connecting subscribes to the caller's voice: that, or a published track, answers a call whose rule says `on-agent`.
    await ctx.connect()
    caller = await ctx.wait_for_participant(kind=rtc.ParticipantKind.PARTICIPANT_KIND_SIP)

    # Whoever was alone with the caller leaves with the caller: a room without a caller costs a place for nothing. After any other
    # reason the caller comes back under the same identity: another relay takes its place, or LiveKit had it join anew.
    @ctx.room.on("participant_disconnected")
    def left(who: rtc.RemoteParticipant):
        if who.identity == caller.identity and who.disconnect_reason in GONE:
            ctx.shutdown("the caller hung up")

    source = rtc.AudioSource(RATE, 1)
    track = rtc.LocalAudioTrack.create_audio_track("voice", source)
    publication = await ctx.room.local_participant.publish_track(
        track, rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE))

    # The job may be here before the call: the room's metadata, the answer and the caller's ear come when they come.
    await until(ctx.room, "room_metadata_changed", lambda: ctx.room.metadata)
    await until(ctx.room, "participant_attributes_changed",
                lambda: caller.attributes.get("sip.callStatus") == "active")
    await publication.wait_for_subscription()
    call = json.loads(ctx.room.metadata)
    config = call["config"]
    doing = set()

    async def press(code: int, digit: str):
        if digit == "#":
            await ctx.delete_room()  # the caller gets a BYE with `room-closed`
        else:
            await ctx.room.local_participant.publish_dtmf(code=code, digit=digit)

    @ctx.room.on("sip_dtmf_received")
    def pressed(key: rtc.SipDTMF):
        job = asyncio.create_task(press(key.code, key.digit))
        doing.add(job)
        job.add_done_callback(doing.discard)

    log.info("call %s to %s (%s): %s, in %s, as %s", call["callId"], call["called"], config.get("label", "no label"),
             config.get("greeting", "no greeting"), config.get("language", "en"), task.get("role", "no role"))
    await greet(source, config.get("greeting", ""), config.get("language", "en"))


if __name__ == "__main__":
    cli.run_app(server)
