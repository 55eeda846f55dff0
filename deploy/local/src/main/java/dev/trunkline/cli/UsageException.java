package dev.trunkline.cli;

/** A faulty command line. The message says what is wrong, and the command's help is printed after it. */
public final class UsageException extends IllegalArgumentException {
    public UsageException(String message) {
        super(message);
    }
}
