/** Microphone and loudspeaker that the user has chosen on this machine. */
export type Kind = 'audioinput' | 'audiooutput';

export interface Device {
  id: string;
  label: string;
}

const STORED: Record<Kind, string> = { audioinput: 'trunkline-microphone', audiooutput: 'trunkline-speaker' };

/** Returns the chosen device; undefined leaves the choice to the browser. */
export function chosen(kind: Kind): string | undefined {
  try {
    return localStorage.getItem(STORED[kind]) ?? undefined;
  } catch {
    return undefined;
  }
}

export function choose(kind: Kind, id: string | undefined): void {
  try {
    if (id === undefined) {
      localStorage.removeItem(STORED[kind]);
    } else {
      localStorage.setItem(STORED[kind], id);
    }
  } catch {
    // Without storage, the choice lasts for this visit only.
  }
}

/** Returns the devices except aliases and those without a name, which a browser withholds until the microphone may be used. */
export function named(devices: readonly { kind: string; deviceId: string; label: string }[], kind: Kind): Device[] {
  return devices
    .filter((one) => one.kind === kind && one.label !== '' && one.deviceId !== '' && one.deviceId !== 'default' && one.deviceId !== 'communications')
    .map((one) => ({ id: one.deviceId, label: one.label }));
}

/** Whether this page may ask for a microphone at all: only over HTTPS, or on the local machine. */
export function possible(): boolean {
  return typeof navigator !== 'undefined' && navigator.mediaDevices !== undefined;
}

/** Plays a quiet tone of 440 Hz on a loudspeaker for one second. */
export async function testTone(speaker: string | undefined): Promise<void> {
  const context = new AudioContext();
  const [tone, gain, out] = [context.createOscillator(), context.createGain(), context.createMediaStreamDestination()];
  tone.frequency.value = 440;
  gain.gain.setValueAtTime(0, context.currentTime);
  gain.gain.linearRampToValueAtTime(0.2, context.currentTime + 0.05);
  gain.gain.setValueAtTime(0.2, context.currentTime + 0.95);
  gain.gain.linearRampToValueAtTime(0, context.currentTime + 1);
  tone.connect(gain).connect(out);
  const player = new Audio();
  player.srcObject = out.stream;
  try {
    if (speaker !== undefined && 'setSinkId' in player) {
      await player.setSinkId(speaker);
    }
    await player.play();
    const ended = new Promise((done) => (tone.onended = done));
    tone.start();
    tone.stop(context.currentTime + 1);
    await ended;
  } finally {
    player.srcObject = null;
    await context.close();
  }
}
