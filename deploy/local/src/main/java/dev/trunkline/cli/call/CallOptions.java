package dev.trunkline.cli.call;

/**
 * What the command line says.
 *
 * @param trial whether the call asks not to be counted
 * @param expectEcho whether a call without an echo has failed
 */
record CallOptions(String number, String from, int seconds, boolean trial, boolean expectEcho) {}
