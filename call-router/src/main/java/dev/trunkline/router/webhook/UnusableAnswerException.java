package dev.trunkline.router.webhook;

/** The answer is malformed; the message says where and what to write instead. It never repeats the contents of the answer. */
public final class UnusableAnswerException extends Exception {
    private static final long serialVersionUID = 1;

    /** @param where path in the answer, for example {@code [1].target[0].sipUri} */
    UnusableAnswerException(String where, String what) {
        super((where.isEmpty() ? "the answer" : where) + " " + what, null, false, false);
    }
}
