package dev.trunkline.router.provisioning;

/**
 * Something about an item that the person who provisions it must know.
 *
 * @param name of the item in the directory, or the name that it would have
 * @param text what is wrong and what to do, without secrets
 */
public record Fact(ItemKey key, String name, Reason reason, String text) {}
