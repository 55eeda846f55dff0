package dev.trunkline.sip.auth;

import java.util.Optional;

/**
 * A challenge that can be answered (RFC 7616 section 3.3).
 *
 * @param qop whether the answer has a nonce count: {@code qop=auth}, otherwise the form of RFC 2069
 * @param stale whether the previous answer was right except for the age of its nonce
 */
record Challenge(
        String realm, String nonce, Optional<String> opaque, DigestAlgorithm algorithm, boolean qop, boolean stale) {
    private static final int MOST_QOPS = 8;

    /** @return empty for another scheme, an algorithm that we do not know, or a qop without {@code auth} */
    static Optional<Challenge> of(String header) {
        return DigestFields.parse(header).flatMap(fields -> {
            Optional<DigestAlgorithm> algorithm = DigestAlgorithm.of(fields.get("algorithm").orElse("MD5"));
            boolean auth = fields.get("qop").map(Challenge::hasAuth).orElse(true);
            return algorithm
                    .filter(known -> auth && !fields.text("nonce").isEmpty() && fields.get("realm").isPresent())
                    .map(known -> new Challenge(
                            fields.text("realm"), fields.text("nonce"), fields.get("opaque"), known,
                            fields.get("qop").isPresent(), fields.text("stale").equalsIgnoreCase("true")));
        });
    }

    /** Searches a list such as {@code auth,auth-int} in one pass. */
    private static boolean hasAuth(String qops) {
        int begin = 0;
        for (int count = 0; count < MOST_QOPS && begin <= qops.length(); count++) {
            int comma = qops.indexOf(',', begin);
            int end = comma < 0 ? qops.length() : comma;
            if (qops.substring(begin, end).strip().equalsIgnoreCase("auth")) {
                return true;
            }
            begin = end + 1;
        }
        return false;
    }

    Challenge withNonce(String next) {
        return new Challenge(realm, next, opaque, algorithm, qop, false);
    }

    /** Reveals nothing that could be used for an answer. */
    @Override
    public String toString() {
        return "Challenge[" + algorithm.code() + "]";
    }
}
