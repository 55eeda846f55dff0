package dev.trunkline.events;

/**
 * Where an INVITE's numbers were read.
 *
 * @param called {@code request-uri}, {@code to}, {@code diversion} or {@code history-info}
 * @param caller {@code from}, {@code p-asserted-identity}, {@code remote-party-id} or {@code anonymous}
 */
public record NumbersFrom(String called, String caller) {}
