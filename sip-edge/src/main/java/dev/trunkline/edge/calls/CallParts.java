package dev.trunkline.edge.calls;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.edge.call.CallMachine;
import dev.trunkline.edge.dialog.SealedDialogs;
import dev.trunkline.edge.metrics.EdgeMetrics;
import dev.trunkline.edge.outbound.Dialler;
import dev.trunkline.edge.refresh.TimerPolicy;
import dev.trunkline.edge.relays.RelayTable;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.events.privacy.SealedTargets;
import dev.trunkline.sip.UserAgentClient;
import java.time.Clock;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What all calls of an edge share.
 *
 * @param edge id of this edge
 * @param timerPolicy the policy for session timers
 * @param tags the random part of dialog tags, 32 bits or more (RFC 3261 section 19.3)
 * @param readToEnd completes when every event has been read that is in Kafka at the moment of the request
 * @param silence how long the suite has been silent: counts only while it was read
 * @param relays that live
 * @param dialler for outbound calls
 * @param acks of outbound calls
 * @param targets seals those of transfers
 * @param letters seals what calls send to those of other edges
 * @param threads virtual ones: a call's task may block
 */
public record CallParts(
        String edge,
        CallMachine machine,
        TimerPolicy timerPolicy,
        UserAgentClient transport,
        Outbox outbox,
        Envelopes envelopes,
        Supplier<String> tags,
        SealedDialogs dialogs,
        Timers timers,
        Executor threads,
        Clock clock,
        LateRelays lateRelays,
        Supplier<CompletionStage<Void>> readToEnd,
        EdgeMetrics metrics,
        ContainedFaults faults,
        Silence silence,
        RelayTable relays,
        Dialler dialler,
        KeptAcks acks,
        SealedTargets targets,
        JoinLetters letters) {}
