package dev.trunkline.router.fields;

/**
 * Something wrong in a directory file.
 *
 * @param path of the field, for example {@code rules[0].trunks}
 * @param problem what is wrong and what to write instead
 */
public record Fault(String path, String problem) {}
