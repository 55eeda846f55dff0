/** Whether anything comes through: LiveKit's client notices after fifteen seconds that a network is gone, whoever talks after two. */

/** Looks without a packet after which nothing comes through any more. LiveKit reports to us what it gets of us each second, whoever is silent. */
const SILENT_LOOKS = 3;

/** Counts the packets that came at each look, and tells a connection that is dead from one that lives. Pure. */
export class Pulse {
  private packets?: number;
  private silent = 0;

  /** @param packets that have come since the connection was made; undefined where that is not known: then it lives */
  look(packets: number | undefined): void {
    this.silent = packets !== undefined && packets === this.packets ? this.silent + 1 : 0;
    this.packets = packets;
  }

  get alive(): boolean {
    return this.silent < SILENT_LOOKS;
  }
}

/** The packets that came by the transport of a track that is sent. */
export async function packetsOf(sender: Pick<RTCRtpSender, 'getStats'> | undefined): Promise<number | undefined> {
  let packets: number | undefined;
  (await sender?.getStats())?.forEach((one: { type: string; packetsReceived?: number }) => {
    if (one.type === 'transport' && one.packetsReceived !== undefined) {
      packets = (packets ?? 0) + one.packetsReceived;
    }
  });
  return packets;
}
