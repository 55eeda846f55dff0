/** The counts, in Redis: one script a decision, so that replicas never count past each other. */
package dev.trunkline.limiter.ledger;
