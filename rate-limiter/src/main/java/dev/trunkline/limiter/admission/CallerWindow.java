package dev.trunkline.limiter.admission;

import dev.trunkline.events.RateScope;
import java.time.Duration;

/**
 * The sliding window that a call falls into.
 *
 * @param pseudonym the caller's, never the number; for an anonymous caller that of its trunk's anonymous group
 * @param target the number or the organisation that was called, as the scope says
 * @param limit most calls in the window
 * @param length of the window
 */
public record CallerWindow(
        String pseudonym, boolean anonymous, RateScope scope, String target, int limit, Duration length) {}
