/** Holds calls for an hour among churn, hand-offs and bad input, accounts for each, looks for what grows, and writes {@code docs/soak.md}. */
package dev.trunkline.system.soak;
