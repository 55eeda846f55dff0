package dev.trunkline.events;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whether a trunk is registered.
 *
 * @param until how long the registrar keeps the binding; empty if there is none
 * @param status of the last answer; 408 if none came, 503 if nothing could be sent; empty before the first
 * @param why the last REGISTER was not accepted, in words; empty if it was
 * @param since when it has been registered, or not registered
 */
public record RegistrationState(
        boolean registered, Optional<Instant> until, OptionalInt status, Optional<String> why, Instant since) {

    public RegistrationState {
        until = until == null ? Optional.empty() : until;
        status = status == null ? OptionalInt.empty() : status;
        why = why == null ? Optional.empty() : why;
    }
}
