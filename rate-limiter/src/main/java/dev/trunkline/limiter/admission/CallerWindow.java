package dev.trunkline.limiter.admission;

import dev.trunkline.events.RateScope;
import java.time.Duration;

/**
 * The sliding window that a call falls into.
 *
 * @param pseudonym the caller's, or of a call out that of whoever is called, never the number; for an anonymous caller that of its trunk's anonymous group
 * @param target the number or the organisation that was called, as the scope says
 * @param out whether it counts calls out to the pseudonym, and not calls from it
 * @param limit most calls in the window
 * @param length of the window
 */
public record CallerWindow(
        String pseudonym, boolean anonymous, RateScope scope, String target, boolean out, int limit, Duration length) {}
