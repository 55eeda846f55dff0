// Greets each caller as the called number is configured, answers keys with keys, and hangs up at `#`.
//
//     node greeter.mjs start
//
// It asks nobody for speech: where a real agent would speak, it plays one note for each word of the greeting, in a pitch that
// depends on the language. Put your voice.AgentSession with STT, LLM and TTS in the place of `greet`.
import { fileURLToPath } from 'node:url';
import { ServerOptions, cli, defineAgent } from '@livekit/agents';
import {
  AudioFrame, AudioSource, DisconnectReason, LocalAudioTrack, ParticipantKind, RoomEvent, TrackPublishOptions, TrackSource,
} from '@livekit/rtc-node';

const MOST_CALLS = Number(process.env.AGENT_CALLS ?? 10);
const RATE = 48_000;
const FRAME = RATE / 50;
const PITCH = { en: 440, fr: 550, nl: 660 };
// Why a caller leaves who does not come back.
const GONE = [DisconnectReason.CLIENT_INITIATED, DisconnectReason.PARTICIPANT_REMOVED];

/** Waits until `found` gives something, and looks again at each event of the room with this name. */
function until(room, event, found) {
  return new Promise((resolve) => {
    const look = () => {
      const value = found();
      if (value) {
        room.off(event, look);
        resolve(value);
      }
    };
    room.on(event, look);
    look();
  });
}

/** One note a word. With a voice.AgentSession: `await session.say(text)`. */
async function greet(source, text, language) {
  const hertz = PITCH[language] ?? 880;
  const note = RATE / 5;
  const word = note + RATE / 50;
  const words = text.split(/\s+/).filter(Boolean).length;
  const sound = Int16Array.from({ length: words * word },
    (_, i) => (i % word < note ? 8_000 * Math.sin((2 * Math.PI * hertz * (i % word)) / RATE) : 0));
  for (let start = 0; start < sound.length; start += FRAME) {
    const samples = sound.slice(start, start + FRAME);
    await source.captureFrame(new AudioFrame(samples, RATE, 1, samples.length));
  }
  await source.waitForPlayout();
}

export default defineAgent({
  entry: async (ctx) => {
    // What the rule gives this agent: `agents: [{name: greeter, metadata: {…}}]`. Empty where it gives nothing.
    const task = JSON.parse(ctx.job.metadata || '{}');

    // Connecting subscribes to the caller's voice: that, or a published track, answers a call whose rule says `on-agent`.
    await ctx.connect();
    const caller = await until(ctx.room, RoomEvent.ParticipantConnected,
      () => [...ctx.room.remoteParticipants.values()].find((who) => who.kind === ParticipantKind.SIP));

    // Whoever was alone with the caller leaves with the caller: a room without a caller costs a place for nothing. After any other
    // reason the caller comes back under the same identity: another relay takes its place, or LiveKit had it join anew.
    ctx.room.on(RoomEvent.ParticipantDisconnected, (who) => {
      if (who.identity === caller.identity && GONE.includes(who.disconnectReason)) ctx.shutdown('the caller hung up');
    });

    const source = new AudioSource(RATE, 1);
    const track = LocalAudioTrack.createAudioTrack('voice', source);
    const publication = await ctx.room.localParticipant.publishTrack(
      track, new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE }));

    // The job may be here before the call: the room's metadata, the answer and the caller's ear come when they come.
    const call = JSON.parse(await until(ctx.room, RoomEvent.RoomMetadataChanged, () => ctx.room.metadata));
    await until(ctx.room, RoomEvent.ParticipantAttributesChanged,
      () => caller.attributes['sip.callStatus'] === 'active');
    await publication.waitForSubscription();
    const { label, greeting, language = 'en' } = call.config;

    ctx.room.on(RoomEvent.DtmfReceived, async (code, digit) => {
      if (digit === '#') {
        await ctx.deleteRoom(); // the caller gets a BYE with `room-closed`
      } else {
        await ctx.room.localParticipant.publishDtmf(code, digit);
      }
    });

    console.log(`call ${call.callId} to ${call.called} (${label ?? 'no label'}): ${greeting ?? 'no greeting'}, `
      + `in ${language}, as ${task.role ?? 'no role'}`);
    await greet(source, greeting ?? '', language);
  },
});

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  cli.runApp(new ServerOptions({
    agent: fileURLToPath(import.meta.url),
    // The name that rules write: `agents: [{name: greeter}]`.
    agentName: process.env.AGENT_NAME ?? 'greeter',
    // The worker's health page, at LiveKit's default; give a second worker on the machine another.
    port: Number(process.env.AGENT_PORT ?? 8081),
    // How busy it is: 1 is full. LiveKit's default is the CPU of the machine, whoever uses it.
    loadFunc: async (worker) => worker.activeJobs.length / MOST_CALLS,
    loadThreshold: 1,
    numIdleProcesses: 1,
  }));
}
