package dev.trunkline.router.apply;

/** A file would now make other changes than those seen in the dry run; no part of it was applied. */
public final class OtherChangesException extends RuntimeException {
    OtherChangesException() {
        super("the directory has changed since", null, false, false);
    }
}
