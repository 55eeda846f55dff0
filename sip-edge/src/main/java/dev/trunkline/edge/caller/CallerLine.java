package dev.trunkline.edge.caller;

import dev.trunkline.edge.text.Texts;
import dev.trunkline.sip.message.NameAddr;
import dev.trunkline.sip.message.SipRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The caller as the trunk reports it; empty if the caller withholds the number or there is none.
 *
 * <p>A caller who asked to be hidden is anonymous even if P-Asserted-Identity still has the number. The trunk may tell
 * us the number, because we are in its trust domain, but it must not go further (RFC 3325 section 7), and tenants and
 * analytics read what leaves the edge. A pseudonym would not help: it is the same as on the days when the caller did
 * not hide, and so would identify the caller. The price is that the hidden callers of a trunk share one limit. Hiding
 * gets nobody around the limits.
 *
 * @param number as received; empty for an anonymous caller
 * @param displayName empty if there is none
 * @param source where the number was read; empty for an anonymous caller
 * @param telling every form in which headers name the caller, including an anonymous one: these must not appear
 *     anywhere
 */
public record CallerLine(String number, String displayName, Optional<CallerSource> source, List<String> telling) {
    /** It becomes part of a LiveKit identity; a number has fifteen digits, and names of phones are no longer than this. */
    private static final int LONGEST_USER = 128;
    /** Characters of a display name that are kept. */
    private static final int LONGEST_NAME = 128;

    /** @param sources a trunk's {@code callerFrom}; a malformed header is ignored as if it were absent */
    public static CallerLine of(SipRequest invite, List<String> sources) {
        Identities identities = Identities.of(invite);
        Set<String> privacy = Withholding.privacy(invite.headers());
        if (!Withholding.asked(identities, privacy)) {
            for (CallerSource source : CallerSource.inOrder(sources)) {
                Optional<NameAddr> somebody = identities.in(source);
                if (somebody.isPresent()) {
                    return new CallerLine(
                            somebody.get().user(), name(identities, somebody.get()), Optional.of(source),
                            identities.users());
                }
            }
        }
        return new CallerLine("", "", Optional.empty(), identities.users());
    }

    /** Whether the parties that the INVITE names are valid callers: no user part is too long, and none has control characters. */
    public static boolean fits(SipRequest invite) {
        return Identities.of(invite).users().stream().allMatch(CallerLine::isUser);
    }

    private static boolean isUser(String user) {
        if (user.length() > LONGEST_USER) {
            return false;
        }
        for (int at = 0; at < user.length(); at++) {
            if (Texts.isControl(user.charAt(at)) || isEscapedControl(user, at)) {
                return false;
            }
        }
        return true;
    }

    /** {@code %00} to {@code %1F}, {@code %7F} (RFC 3261 section 19.1.2). */
    private static boolean isEscapedControl(String user, int at) {
        if (user.charAt(at) != '%' || at + 2 >= user.length()) {
            return false;
        }
        int high = Character.digit(user.charAt(at + 1), 16);
        int low = Character.digit(user.charAt(at + 2), 16);
        return high >= 0 && low >= 0 && (high < 2 || high == 7 && low == 15);
    }

    /** Returns the same caller with nothing that may be passed on. */
    public CallerLine withheld() {
        return new CallerLine("", "", Optional.empty(), telling);
    }

    public boolean anonymous() {
        return source.isEmpty();
    }

    /** From names the person; if it does not, the header that has the number may. */
    private static String name(Identities identities, NameAddr somebody) {
        if (Withholding.hidesName(identities)) {
            return "";
        }
        return Optional.of(identities.from().displayName())
                .filter(Identities::isName)
                .or(() -> Optional.of(somebody.displayName()).filter(Identities::isName))
                .map(name -> Texts.cleaned(name, LONGEST_NAME))
                .orElse("");
    }

    /** Hides the person. */
    @Override
    public String toString() {
        return "CallerLine[…]";
    }
}
