/** {@code ./trunkline call}: a small phone calls the suite, and each event of the call is shown. */
package dev.trunkline.cli.call;
