package dev.trunkline.events;

import java.util.List;
import java.util.Optional;

/**
 * The router lets the transfer be tried. Of a transfer there may be two: the second where the first way did not come about.
 *
 * @param way {@link TransferWay#REFER} or {@link TransferWay#BRIDGE}
 * @param leg the call out that is made for it; empty for REFER
 * @param outboundTrunk that the leg goes out by; empty for REFER
 * @param referTo {@code sip:} or {@code tel:} URI for Refer-To, sealed for the call's id as {@link dev.trunkline.events.privacy.TransferTarget}; empty for a leg
 * @param defaultWay what rule or trunk say where the wish named no way: a relay tries the second of {@link TransferWay#REFER_FIRST} and
 *     {@link TransferWay#BRIDGE_FIRST} as if it had been asked for. Empty where the wish named one
 * @param trace each step of the decision, in order
 */
public record TransferStarted(
        CallId callId,
        String transfer,
        TransferWay way,
        Optional<CallId> leg,
        Optional<TrunkRef> outboundTrunk,
        Optional<String> referTo,
        Optional<TransferWay> defaultWay,
        List<TraceStep> trace)
        implements CallEvent {

    public TransferStarted {
        leg = leg == null ? Optional.empty() : leg;
        outboundTrunk = outboundTrunk == null ? Optional.empty() : outboundTrunk;
        referTo = referTo == null ? Optional.empty() : referTo;
        defaultWay = defaultWay == null ? Optional.empty() : defaultWay;
        trace = List.copyOf(trace);
    }

    /** Of a wish that named its way. */
    public TransferStarted(
            CallId callId,
            String transfer,
            TransferWay way,
            Optional<CallId> leg,
            Optional<TrunkRef> outboundTrunk,
            Optional<String> referTo,
            List<TraceStep> trace) {
        this(callId, transfer, way, leg, outboundTrunk, referTo, Optional.empty(), trace);
    }
}
