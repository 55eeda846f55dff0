package dev.trunkline.router.webhook;

/** Why an application gave no usable answer. The message is for its author and names no secret. */
public final class AskFailure extends Exception {
    private static final long serialVersionUID = 1;

    /** Kinds of failure: what follows from one, and its name in metrics. */
    public enum Kind {
        /** No whole answer within the time of a try. */
        TIMEOUT("timeout", true, true),
        /** No connection: no such name, nobody listens, TLS fails. */
        UNREACHABLE("unreachable", true, true),
        /** The connection broke, or what came is no HTTP. */
        BROKEN("broken", true, true),
        /** HTTP 5xx. */
        SERVER_ERROR("server-error", true, true),
        /** An HTTP status that is neither 2xx nor 5xx. */
        STATUS("status", false, false),
        TOO_LARGE("too-large", false, true),
        /** The URL leads to an address that may not be reached, or is none that can be asked. */
        ADDRESS("address-refused", false, false),
        /** The circuit breaker is open. */
        BREAKER("breaker-open", false, false),
        /** The call's deadline leaves no time to ask. */
        OUT_OF_TIME("out-of-time", false, false),
        /** Nonsense was answered. */
        UNUSABLE("unusable", false, false),
        /** No verb of the answer decides. */
        UNDECIDED("undecided", false, false);

        private final String code;
        private final boolean again;
        private final boolean down;

        Kind(String code, boolean again, boolean down) {
            this.code = code;
            this.again = again;
            this.down = down;
        }

        /** The name in metrics. */
        public String code() {
            return code;
        }

        /** Whether a second try may go better. */
        public boolean again() {
            return again;
        }

        /** Whether something was answered all the same. */
        public boolean answered() {
            return this == SERVER_ERROR || this == TOO_LARGE;
        }

        /** Whether it speaks for an application that is down, so that the circuit breaker counts it. */
        public boolean down() {
            return down;
        }
    }

    private final Kind kind;

    public AskFailure(Kind kind, String why) {
        super(why, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
