package dev.trunkline.events;

import java.time.Instant;
import java.util.Optional;

/**
 * The call is ongoing; published every 10 s. Renews the slot, and contains what the limiter needs to count the call
 * again if it lost it.
 *
 * @param sequence counts the heartbeats of a call from 0
 * @param agentPool name of the pool whose session the call holds; empty for none
 * @param lastHeardAt when the phone's last packet came, RTP or RTCP; empty if none has come yet
 * @param outboundTrunk the trunk of an outbound call, whose seats it holds; empty for an inbound call
 */
public record CallHeartbeat(
        CallId callId,
        String relay,
        int sequence,
        String organisationId,
        String number,
        MediaStats media,
        Optional<String> agentPool,
        Optional<Instant> lastHeardAt,
        Optional<TrunkRef> outboundTrunk)
        implements CallEvent {

    public CallHeartbeat {
        agentPool = agentPool == null ? Optional.empty() : agentPool;
        lastHeardAt = lastHeardAt == null ? Optional.empty() : lastHeardAt;
        outboundTrunk = outboundTrunk == null ? Optional.empty() : outboundTrunk;
    }

    /** The heartbeat of an inbound call. */
    public CallHeartbeat(
            CallId callId,
            String relay,
            int sequence,
            String organisationId,
            String number,
            MediaStats media,
            Optional<String> agentPool,
            Optional<Instant> lastHeardAt) {
        this(callId, relay, sequence, organisationId, number, media, agentPool, lastHeardAt, Optional.empty());
    }

    /** The heartbeat of a call whose phone has not sent a packet yet. */
    public CallHeartbeat(
            CallId callId,
            String relay,
            int sequence,
            String organisationId,
            String number,
            MediaStats media,
            Optional<String> agentPool) {
        this(callId, relay, sequence, organisationId, number, media, agentPool, Optional.empty());
    }

    /** The heartbeat of a call that holds no pool session. */
    public CallHeartbeat(
            CallId callId, String relay, int sequence, String organisationId, String number, MediaStats media) {
        this(callId, relay, sequence, organisationId, number, media, Optional.empty());
    }
}
