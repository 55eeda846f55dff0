package dev.trunkline.router.livekit;

/**
 * Something that a file of LiveKit's says and that is not the same here. Nothing is left out without one.
 *
 * @param path of the field in the file that was read, for example {@code dispatch_rule.krisp_enabled}
 * @param text what becomes of it, and what to do where it matters
 */
public record Warning(String path, String text) {}
