/** Microphone and loudspeaker that somebody has chosen on this machine. */
export type Kind = 'audioinput' | 'audiooutput';

export interface Device {
  id: string;
  label: string;
}

const STORED: Record<Kind, string> = { audioinput: 'trunkline-microphone', audiooutput: 'trunkline-speaker' };

/** Undefined: as the browser sees fit. */
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
    // Then it is chosen for this visit alone.
  }
}

/** Without those that have no name yet, which a browser keeps back until the microphone may be used, and without its aliases. */
export function named(devices: readonly { kind: string; deviceId: string; label: string }[], kind: Kind): Device[] {
  return devices
    .filter((one) => one.kind === kind && one.label !== '' && one.deviceId !== '' && one.deviceId !== 'default' && one.deviceId !== 'communications')
    .map((one) => ({ id: one.deviceId, label: one.label }));
}

/** Whether this page may ask for a microphone at all: only over HTTPS, or on the machine itself. */
export function possible(): boolean {
  return typeof navigator !== 'undefined' && navigator.mediaDevices !== undefined;
}

/** A second of 440 Hz, not loud, on a loudspeaker. */
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
