package dev.trunkline.limiter.admission;

import dev.trunkline.events.RateScope;
import java.time.Duration;

/**
 * The sliding window in which a call is counted.
 *
 * @param pseudonym the caller's or, for an outbound call, the called party's, never the number; for an anonymous caller, that of its
 *     trunk's anonymous group
 * @param target the number or the organisation that was called, according to the scope
 * @param out whether it counts outbound calls to the pseudonym, as opposed to calls from it
 * @param limit maximum number of calls in the window
 * @param length of the window
 */
public record CallerWindow(
        String pseudonym, boolean anonymous, RateScope scope, String target, boolean out, int limit, Duration length) {}
