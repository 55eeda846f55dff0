package dev.trunkline.events;

import java.time.Instant;
import java.util.Optional;

/**
 * The call is up, each 10 s. Renews the slot, and carries what the limiter needs to count the call again if it forgot.
 *
 * @param sequence counts the heartbeats of a call from 0
 * @param agentPool name of the pool whose session the call holds; empty for none
 * @param lastHeardAt when the last packet of the phone came, RTP or RTCP; empty where none came yet
 * @param outboundTrunk that a call out goes by, whose seats it holds; empty for a call that came in
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

    /** The heartbeat of a call that came in. */
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

    /** The heartbeat of a call from whose phone nothing has come yet. */
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

    /** The heartbeat of a call that holds no session of a pool. */
    public CallHeartbeat(
            CallId callId, String relay, int sequence, String organisationId, String number, MediaStats media) {
        this(callId, relay, sequence, organisationId, number, media, Optional.empty());
    }
}
