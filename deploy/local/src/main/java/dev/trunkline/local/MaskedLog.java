package dev.trunkline.local;

import java.util.regex.Pattern;

/**
 * Takes callers' numbers out of the log of livekit-server. LiveKit logs participant identities, and the
 * identity that agents expect of a caller is {@code sip_<number>}; a suite that promises logs without numbers has to
 * mask it on the way. Where a trunk has no country the number stands as the trunk wrote it, with or without a plus, with zeros,
 * dashes or letters, short or long: so everything is masked that follows {@code sip_}, but for pseudonyms and callers without a
 * number, whose identities say nothing. The relay puts no space, quote, comma or bracket into an identity.
 */
final class MaskedLog {
    /** What the relay adds where two callers have one number; it says nothing. */
    private static final String SUFFIX = "(?=(?:_[a-z0-9]{2,5})?(?:[\\s\"',}\\])]|\\\\|$))";
    private static final String PSEUDONYM = "(?!anonymous_|(?=\\d*[a-f])[0-9a-f]{16}(?![0-9A-Za-z]))";
    private static final Pattern IDENTITY = Pattern.compile("sip_" + PSEUDONYM + "[^\\s\"',}\\])\\\\]+?" + SUFFIX);
    private static final Pattern NUMBER = Pattern.compile("(Phone |\\+)[0-9][0-9 ().\\-/]{3,}[0-9]");

    private MaskedLog() {}

    static String mask(String line) {
        return NUMBER.matcher(IDENTITY.matcher(line).replaceAll("sip_…")).replaceAll("$1…");
    }
}
