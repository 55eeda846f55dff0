/** Detects a dead connection early: LiveKit's client takes fifteen seconds to notice a lost network, a person in a call two. */

/**
 * Number of checks without a packet after which the connection counts as dead. LiveKit reports on our packets every second, even in
 * silence.
 */
const SILENT_LOOKS = 3;

/** Compares the packet count at each check, and so tells a dead connection from a live one. Pure. */
export class Pulse {
  private packets?: number;
  private silent = 0;

  /** @param packets received since the connection was made; undefined if unknown, and then the connection counts as alive */
  look(packets: number | undefined): void {
    this.silent = packets !== undefined && packets === this.packets ? this.silent + 1 : 0;
    this.packets = packets;
  }

  get alive(): boolean {
    return this.silent < SILENT_LOOKS;
  }
}

/** Returns the number of packets received on the transport of a sent track. */
export async function packetsOf(sender: Pick<RTCRtpSender, 'getStats'> | undefined): Promise<number | undefined> {
  let packets: number | undefined;
  (await sender?.getStats())?.forEach((one: { type: string; packetsReceived?: number }) => {
    if (one.type === 'transport' && one.packetsReceived !== undefined) {
      packets = (packets ?? 0) + one.packetsReceived;
    }
  });
  return packets;
}
