package dev.trunkline.relay.calls;

import dev.trunkline.events.CallAdmitted;
import dev.trunkline.relay.pin.PinEntry;
import dev.trunkline.relay.ports.PortPair;
import dev.trunkline.relay.room.RoomJoiner.Visit;
import dev.trunkline.relay.sdp.Negotiation;
import java.util.Optional;

/**
 * What the intake found out about a call and took for it.
 *
 * @param agreed empty where the INVITE asks for an offer of ours
 * @param terms what may be agreed on
 * @param crypto has the keys that were agreed on
 * @param pin what the caller must enter before the room is
 * @param pinCaller as wrong tries of the caller are counted over calls
 * @param takeOver empty for a call that has just been admitted
 * @param called what a call out is to have, and to tell once it is answered
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
