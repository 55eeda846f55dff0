package dev.trunkline.events;

import java.util.OptionalInt;

/**
 * One count of an admission.
 *
 * @param what {@code caller-rate}, {@code number}, {@code organisation}, {@code agent-pool} or {@code suite}
 * @param limit empty where there is none
 */
public record AdmissionCount(String what, int count, OptionalInt limit) {

    public AdmissionCount {
        limit = limit == null ? OptionalInt.empty() : limit;
    }
}
