/** {@code ./trunkline answer}: a small phone that receives calls. */
package dev.trunkline.cli.answer;
