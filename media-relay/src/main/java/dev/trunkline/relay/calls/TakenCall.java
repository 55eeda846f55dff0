package dev.trunkline.relay.calls;

import dev.trunkline.events.CallAdmitted;
import dev.trunkline.relay.pin.PinEntry;
import dev.trunkline.relay.ports.PortPair;
import dev.trunkline.relay.room.RoomJoiner.Visit;
import dev.trunkline.relay.sdp.Negotiation;
import java.util.Optional;

/**
 * What the intake found out about a call and acquired for it.
 *
 * @param agreed empty if the INVITE asks for an offer of ours
 * @param terms what may be agreed on
 * @param crypto has the keys that were agreed on
 * @param pin what the caller must enter before joining the room
 * @param pinCaller key under which the caller's wrong tries are counted across calls
 * @param takeOver empty for a call that has just been admitted
 * @param called extras of an outbound call, and its attributes once it is answered
 */
record TakenCall(
        CallAdmitted admitted,
        CallVoice voice,
        Visit visit,
        PortPair ports,
        MediaTerms terms,
        Optional<Negotiation.Accepted> agreed,
        CallCrypto crypto,
        Optional<PinEntry> pin,
        String pinCaller,
        Optional<TakeOver> takeOver,
        Called called) {}
