package dev.trunkline.router.webhook;

import java.net.URI;
import java.util.Set;

/** Makes wishes from what stands in an answer, and tells them. */
final class Wishes {
    private static final int LONGEST_URL = 2_048;
    private static final int LONGEST_ROOM = 128;
    /** They ask for credentials (RFC 3261 section 22), and what with is nothing that an application can say. */
    private static final Set<Integer> CHALLENGES = Set.of(401, 407);

    private Wishes() {}

    static String roomName(JsonPlace place) throws UnusableAnswerException {
        return place.text(LONGEST_ROOM);
    }

    static Wish decline(JsonPlace status, String reason) throws UnusableAnswerException {
        int code = status.node().isInt() ? status.node().intValue() : 0;
        if (code < 400 || code > 699 || CHALLENGES.contains(code)) {
            throw status.wrong("is no SIP status to refuse a call with: write 400 to 699, but not 401 or 407");
        }
        return new Wish.Decline(code, reason);
    }

    static Wish redirect(JsonPlace place, URI asked) throws UnusableAnswerException {
        try {
            URI url = asked.resolve(URI.create(place.text(LONGEST_URL)));
            if (ShownUrl.isWeb(url)) {
                return new Wish.Redirect(url);
            }
        } catch (IllegalArgumentException e) {
            // As wrong as a URL of another scheme.
        }
        throw place.wrong("is no http or https URL");
    }

    /** One sentence, without what an operator must not see. */
    static String told(Wish wish) {
        return switch (wish) {
            case Wish.Room room -> "the call goes to room " + room.name();
            case Wish.Forward forward -> "the call is forwarded to " + forward.target();
            case Wish.Refer refer -> "the trunk is told to call " + refer.target();
            case Wish.Decline decline ->
                    "the call is declined with " + (decline.status() + " " + decline.reason()).strip();
            case Wish.Redirect redirect -> "the next to be asked is " + ShownUrl.of(redirect.url());
        };
    }
}
