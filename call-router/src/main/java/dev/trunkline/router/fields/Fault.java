package dev.trunkline.router.fields;

/**
 * Something in a file or a request that is wrong, or that its author has to know.
 *
 * @param path of the field, for example {@code rules[0].trunks}; empty for the whole
 * @param problem what is wrong and what to write instead, or what the consequence is
 */
public record Fault(String path, String problem) {}
