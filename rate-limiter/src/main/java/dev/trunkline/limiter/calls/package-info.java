/** Reads routed calls and what ends them, admits or refuses, and keeps their slots while they live: the rim around {@code ledger}. */
package dev.trunkline.limiter.calls;
