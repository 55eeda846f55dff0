/** {@code ./trunkline calls}: lists calls that are over, from their last events, or those that are up. */
package dev.trunkline.cli.calls;
