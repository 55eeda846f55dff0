package dev.trunkline.system.alerts;

import java.util.List;

/** All causes, in groups: those of a group are there at the same time, and do not disturb each other. */
final class Scenes {
    private Scenes() {}

    /** Returns the groups in their order. The first alerts are those that take longest to be gone. */
    static List<List<Cause>> all(Sabotage sabotage) {
        return List.of(
                List.of(
                        TrunkCauses.certificateRefused(),
                        TrunkCauses.hostNameUnknown(),
                        TrunkCauses.gatewayDown(),
                        TrunkCauses.trunkNotRegistered(),
                        TrunkCauses.passwordsGuessed()),
                List.of(
                        CallCauses.agentsMissing(),
                        CallCauses.setupSlow(),
                        CallCauses.jitter()),
                List.of(
                        TrunkCauses.certificateEnds(),
                        ProcessCauses.tableNotRead(),
                        ProcessCauses.containedFaults(sabotage),
                        ProcessCauses.heapNearlyFull(sabotage),
                        CallCauses.overload()),
                List.of(ProcessCauses.relayKilled()),
                List.of(CallCauses.portsNearlyGone()),
                List.of(ProcessCauses.postgresAway()),
                List.of(ProcessCauses.redisAndLiveKitAway(), ProcessCauses.eventsNotPublished()),
                List.of(ProcessCauses.kafkaBehind()));
    }
}
