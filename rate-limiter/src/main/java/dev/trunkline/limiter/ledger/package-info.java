/** The counts, in Redis: one script per decision, so replicas never exceed a limit together. */
package dev.trunkline.limiter.ledger;
