package dev.trunkline.events;

import java.util.OptionalInt;

/**
 * One count of an admission.
 *
 * @param what {@code caller-rate}, {@code number}, {@code organisation}, {@code agent-pool}, {@code suite}, and for an outbound call
 *     {@code trunk}, {@code trunk-rate}, {@code calls-out} or {@code calls-out-rate}
 * @param limit empty if there is none
 */
public record AdmissionCount(String what, int count, OptionalInt limit) {

    public AdmissionCount {
        limit = limit == null ? OptionalInt.empty() : limit;
    }
}
