package dev.trunkline.local;

import java.util.regex.Pattern;

/**
 * Masks callers' numbers in the log of livekit-server. LiveKit logs participant identities, and agents expect the
 * identity {@code sip_<number>} for a caller; a suite that promises logs without numbers has to mask it.
 * If a trunk has no country, the number is as the trunk wrote it: with or without a plus, with zeros, dashes or letters, short or
 * long. Therefore everything after {@code sip_} is masked, except pseudonyms and callers without a number, whose identities reveal
 * nothing. The relay puts no space, quote, comma or bracket into an identity.
 */
final class MaskedLog {
    /** The suffix that the relay adds if two callers have the same number. It reveals nothing. */
    private static final String SUFFIX = "(?=(?:_[a-z0-9]{2,5})?(?:[\\s\"',}\\])]|\\\\|$))";
    private static final String PSEUDONYM = "(?!anonymous_|(?=\\d*[a-f])[0-9a-f]{16}(?![0-9A-Za-z]))";
    private static final Pattern IDENTITY = Pattern.compile("sip_" + PSEUDONYM + "[^\\s\"',}\\])\\\\]+?" + SUFFIX);
    private static final Pattern NUMBER = Pattern.compile("(Phone |\\+)[0-9][0-9 ().\\-/]{3,}[0-9]");

    private MaskedLog() {}

    static String mask(String line) {
        return NUMBER.matcher(IDENTITY.matcher(line).replaceAll("sip_…")).replaceAll("$1…");
    }
}
