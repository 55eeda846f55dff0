package dev.trunkline.events;

import java.util.List;
import java.util.Optional;

/**
 * The router allows an attempt at the transfer. One transfer may have two of these events: the second if the first way failed.
 *
 * @param way {@link TransferWay#REFER} or {@link TransferWay#BRIDGE}
 * @param leg the outbound call that is made for it; empty for REFER
 * @param outboundTrunk of the leg; empty for REFER
 * @param referTo {@code sip:} or {@code tel:} URI for Refer-To, sealed for the call's id as
 *     {@link dev.trunkline.events.privacy.TransferTarget}; empty for a leg
 * @param defaultWay the way of the rule or trunk if the request named none: a relay tries the second way of {@link TransferWay#REFER_FIRST}
 *     and {@link TransferWay#BRIDGE_FIRST} as if it had been requested. Empty if the request named one
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

    /** For a request that named its way. */
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
