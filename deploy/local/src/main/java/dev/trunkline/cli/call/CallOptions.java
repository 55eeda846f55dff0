package dev.trunkline.cli.call;

/**
 * The options of the command line.
 *
 * @param trial whether the call asks to be left out of statistics
 * @param expectEcho whether a call without an echo counts as failed
 */
record CallOptions(String number, String from, int seconds, boolean trial, boolean expectEcho) {}
