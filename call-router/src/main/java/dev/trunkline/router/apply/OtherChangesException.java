package dev.trunkline.router.apply;

/** A file would change something else by now than what was seen before it was applied; nothing of it was. */
public final class OtherChangesException extends RuntimeException {
    OtherChangesException() {
        super("the directory has changed since", null, false, false);
    }
}
