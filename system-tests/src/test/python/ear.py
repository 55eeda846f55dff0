"""A person in a LiveKit room, with LiveKit's own SDK: reports who is there and which tones they send, and sends a tone.

Settings are environment variables: LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET, EAR_ROOM, EAR_TONE (Hz, the tone it sends),
EAR_DEAF (not empty: it subscribes to nobody until it is told to).
Writes one JSON object per line to standard output. Reads commands, one word per line with an argument, from standard input:
  dtmf DIGIT     sends a key to the caller
  listen         subscribes to every participant in the room
  close          deletes the room
"""
import asyncio
import json
import os
import sys

import numpy as np
from livekit import api, rtc

RATE = 48000
FRAME = 480
WINDOW = RATE // 10
ROOM = os.environ["EAR_ROOM"]
TONE = int(os.environ["EAR_TONE"])
DEAF = bool(os.environ.get("EAR_DEAF"))


def say(what, **more):
    print(json.dumps({"event": what, **more}), flush=True)


def token():
    return (
        api.AccessToken(os.environ["LIVEKIT_API_KEY"], os.environ["LIVEKIT_API_SECRET"])
        .with_identity("ear")
        .with_grants(api.VideoGrants(room_join=True, room=ROOM))
        .to_jwt()
    )


def strongest(window):
    """Returns the strongest frequency of a window in Hz, and the share of the energy near it."""
    spectrum = np.abs(np.fft.rfft(window * np.hanning(len(window)))) ** 2
    total = spectrum.sum()
    if total <= 0:
        return 0, 0.0
    peak = int(np.argmax(spectrum))
    near = spectrum[max(0, peak - 3):peak + 4].sum()
    return round(peak * RATE / len(window)), float(near / total)


async def listen(track, identity):
    """Reports each 100 ms window in which one frequency stands out."""
    held = np.zeros(0)
    async for event in rtc.AudioStream(track, sample_rate=RATE, num_channels=1):
        held = np.concatenate([held, np.frombuffer(event.frame.data, dtype=np.int16).astype(np.float64)])
        while len(held) >= WINDOW:
            window, held = held[:WINDOW], held[WINDOW:]
            level = float(np.sqrt(np.mean(window**2)))
            hertz, share = strongest(window)
            if level > 300 and share > 0.7:
                say("tone", identity=identity, hertz=hertz, share=round(share, 2), level=round(level))


async def speak(source):
    n = 0
    while True:
        t = (np.arange(FRAME) + n) / RATE
        wave = (8000 * np.sin(2 * np.pi * TONE * t)).astype(np.int16)
        await source.capture_frame(rtc.AudioFrame(wave.tobytes(), RATE, 1, FRAME))
        n += FRAME


def describe(participant):
    return {
        "identity": participant.identity,
        "name": participant.name,
        "kind": rtc.ParticipantKind.Name(participant.kind),
        "attributes": dict(participant.attributes),
    }


async def commands(room):
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := (await reader.readline()).decode().split():
        match line:
            case ["dtmf", digit]:
                await room.local_participant.publish_dtmf(code=int(digit), digit=digit)
            case ["listen"]:
                for participant in room.remote_participants.values():
                    for publication in participant.track_publications.values():
                        publication.set_subscribed(True)
            case ["close"]:
                async with api.LiveKitAPI() as server:
                    await server.room.delete_room(api.DeleteRoomRequest(room=ROOM))
            case _:
                say("error", text="unknown command " + " ".join(line))


async def main():
    room = rtc.Room()
    listeners = []
    room.on("participant_connected", lambda p: say("participant", **describe(p)))
    room.on("participant_disconnected", lambda p: say("left", identity=p.identity))
    room.on("participant_attributes_changed", lambda changed, p: say("attributes", **describe(p)))
    room.on("room_metadata_changed", lambda old, new: say("metadata", metadata=new))
    room.on("sip_dtmf_received", lambda d: say("dtmf", digit=d.digit, code=d.code))
    room.on("disconnected", lambda *_: say("disconnected"))

    def subscribed(track, publication, participant):
        say("subscribed", identity=participant.identity, name=publication.name, mime=publication.mime_type)
        listeners.append(asyncio.create_task(listen(track, participant.identity)))

    room.on("track_subscribed", subscribed)
    await room.connect(os.environ["LIVEKIT_URL"], token(), rtc.RoomOptions(auto_subscribe=not DEAF))
    source = rtc.AudioSource(RATE, 1)
    track = rtc.LocalAudioTrack.create_audio_track("ear", source)
    await room.local_participant.publish_track(track, rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE))
    speaking = asyncio.create_task(speak(source))
    say("joined", metadata=room.metadata)
    for participant in room.remote_participants.values():
        say("participant", **describe(participant))
    await commands(room)
    speaking.cancel()
    await room.disconnect()


asyncio.run(main())
