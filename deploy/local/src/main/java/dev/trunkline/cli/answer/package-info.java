/** {@code ./trunkline answer}: a small phone that is called. */
package dev.trunkline.cli.answer;
