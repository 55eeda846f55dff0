package dev.trunkline.router.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/**
 * A number, or all numbers of one pattern, and the organisation that has it.
 *
 * @param phoneNumber as {@link NumberKey} reads it: E.164, a short number, the beginning of numbers or a regular
 *     expression
 * @param active false: switched off by its organisation
 * @param label for people
 * @param agentInstanceId whose configuration is merged between the organisation's and the number's; empty for none
 * @param configOverride overrides the configurations below it
 * @param maxConcurrentCalls 1 or more, for each number that a pattern stands for
 * @param callerRate the number's own, counted alone; empty for the organisation's
 * @param announcement replaces the rule's; empty to leave it to the rule
 * @param createdAt of two regular expressions that match, the older wins
 */
public record PhoneNumber(
        String phoneNumber,
        String organisationId,
        boolean active,
        String label,
        Optional<String> agentInstanceId,
        ObjectNode configOverride,
        int maxConcurrentCalls,
        Optional<CallRate> callerRate,
        Optional<AnnouncementChoice> announcement,
        Instant createdAt) {

    /** Creates a number that leaves announcements to the rule. */
    public PhoneNumber(
            String phoneNumber,
            String organisationId,
            boolean active,
            String label,
            Optional<String> agentInstanceId,
            ObjectNode configOverride,
            int maxConcurrentCalls,
            Optional<CallRate> callerRate,
            Instant createdAt) {
        this(phoneNumber, organisationId, active, label, agentInstanceId, configOverride, maxConcurrentCalls, callerRate, Optional.empty(),
                createdAt);
    }

    /** Creates a number that uses no agent instance. */
    public PhoneNumber(
            String phoneNumber,
            String organisationId,
            boolean active,
            String label,
            ObjectNode configOverride,
            int maxConcurrentCalls,
            Optional<CallRate> callerRate) {
        this(phoneNumber, organisationId, active, label, Optional.empty(), configOverride, maxConcurrentCalls,
                callerRate, Instant.EPOCH);
    }
}
