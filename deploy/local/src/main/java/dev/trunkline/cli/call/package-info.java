/** {@code ./trunkline call}: a small phone calls the suite, and the command shows each event of the call. */
package dev.trunkline.cli.call;
