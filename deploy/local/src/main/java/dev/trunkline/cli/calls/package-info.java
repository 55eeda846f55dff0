/** {@code ./trunkline calls}: lists finished calls, from their last events, or ongoing ones. */
package dev.trunkline.cli.calls;
