/** The commands of {@code ./trunkline} that talk to a running suite, one package a command. */
package dev.trunkline.cli;
