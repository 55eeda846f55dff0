package dev.trunkline.router.provisioning;

/**
 * Something about an item that whoever provisions must know.
 *
 * @param name of the item in the directory, or as it would be
 * @param text what is the matter and what to do, without secrets
 */
public record Fact(ItemKey key, String name, Reason reason, String text) {}
