package dev.trunkline.router.webhook;

/** Why an application gave no usable answer. The message is for the application's author and names no secret. */
public final class AskFailure extends Exception {
    private static final long serialVersionUID = 1;

    /** Kinds of failure, with their consequences and their names in metrics. */
    public enum Kind {
        /** No complete answer within the time of a try. */
        TIMEOUT("timeout", true, true),
        /** No connection: the name does not exist, nobody listens, or TLS fails. */
        UNREACHABLE("unreachable", true, true),
        /** The connection broke, or the response is not HTTP. */
        BROKEN("broken", true, true),
        /** HTTP 5xx. */
        SERVER_ERROR("server-error", true, true),
        /** An HTTP status that is neither 2xx nor 5xx. */
        STATUS("status", false, false),
        TOO_LARGE("too-large", false, true),
        /** The URL leads to an address that may not be reached, or is not one that can be requested. */
        ADDRESS("address-refused", false, false),
        /** The circuit breaker is open. */
        BREAKER("breaker-open", false, false),
        /** The call's deadline leaves no time for a request. */
        OUT_OF_TIME("out-of-time", false, false),
        /** The answer is malformed. */
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

        /** Returns the name in metrics. */
        public String code() {
            return code;
        }

        /** Returns whether a retry may succeed. */
        public boolean again() {
            return again;
        }

        /** Returns whether the application did answer. */
        public boolean answered() {
            return this == SERVER_ERROR || this == TOO_LARGE;
        }

        /** Returns whether it indicates that the application is down, so that the circuit breaker counts it. */
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
