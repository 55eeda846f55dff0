/** The commands of {@code ./trunkline} that talk to a running suite, one package for each. */
package dev.trunkline.cli;
