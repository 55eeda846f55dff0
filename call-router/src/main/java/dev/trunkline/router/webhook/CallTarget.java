package dev.trunkline.router.webhook;

import dev.trunkline.router.routing.WebhookResult.Instruction;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an application sends a call: reads SIP URIs (RFC 3261 section 19.1) and numbers, and knows which SIP URIs mean
 * a room of this suite.
 */
final class CallTarget {
    private static final int LONGEST = 512;
    private static final Pattern SIP = Pattern.compile(
            "(?i)sips?:(?:([^@\\s<>\"]+)@)?(\\[[0-9a-f:.]+\\]|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::[0-9]{1,5})?"
                    + "(?:;[^\\s<>\"?]*)?(?:\\?[^\\s<>\"]*)?");
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{2,20}");
    private static final Pattern SEPARATORS = Pattern.compile("[ ().-]");

    private final List<String> roomDomains;

    /** @param roomDomains hosts of SIP URIs whose user part is a room's name */
    CallTarget(List<String> roomDomains) {
        this.roomDomains = roomDomains.stream()
                .map(domain -> domain.strip().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Returns what a SIP URI means: a room for the URIs of the room domains, otherwise a forward. */
    Instruction sip(JsonPlace place) throws UnusableAnswerException {
        String uri = place.text(LONGEST);
        Matcher parts = parts(uri, place);
        if (!roomDomains.contains(parts.group(2).toLowerCase(Locale.ROOT))) {
            return Instruction.Forward.to(uri);
        }
        if (parts.group(1) == null) {
            throw place.wrong("names no room: write sip:ROOM@" + parts.group(2));
        }
        return Instructions.room(room(parts.group(1), place));
    }

    /** Reads a registered user, {@code name@domain}. */
    Instruction user(JsonPlace place) throws UnusableAnswerException {
        String uri = "sip:" + place.text(LONGEST);
        if (parts(uri, place).group(1) == null) {
            throw place.wrong("names no user: write for example ann@pbx.example");
        }
        return Instruction.Forward.to(uri);
    }

    /** Reads a telephone number. */
    Instruction phone(JsonPlace place) throws UnusableAnswerException {
        return Instruction.Forward.to(tel(place.text(LONGEST), place));
    }

    /** Reads the target of a REFER: a SIP URI, {@code user@host}, or a number, which Jambonz also accepts as a JSON number. */
    Instruction refer(JsonPlace place) throws UnusableAnswerException {
        String text = place.node().isIntegralNumber() ? place.node().asText() : place.text(LONGEST);
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("tel:")) {
            return new Instruction.Refer(tel(text.substring(4), place));
        }
        if (!lower.startsWith("sip") && !text.contains("@")) {
            return new Instruction.Refer(tel(text, place));
        }
        String uri = lower.startsWith("sip") ? text : "sip:" + text;
        parts(uri, place);
        return new Instruction.Refer(uri);
    }

    private static Matcher parts(String uri, JsonPlace place) throws UnusableAnswerException {
        Matcher parts = SIP.matcher(uri);
        if (!parts.matches()) {
            throw place.wrong("is not a SIP URI: write for example sip:+3225550100@carrier.example");
        }
        if (parts.group(1) != null && parts.group(1).contains(":")) {
            throw place.wrong("has a password, which would appear in events");
        }
        return parts;
    }

    /** @return a tel URI (RFC 3966) */
    private static String tel(String written, JsonPlace place) throws UnusableAnswerException {
        String number = SEPARATORS.matcher(written).replaceAll("");
        if (!NUMBER.matcher(number).matches()) {
            throw place.wrong("is not a telephone number: write for example +3225550100");
        }
        return "tel:" + number;
    }

    /** Returns the user part of a SIP URI without its parameters (RFC 3261 section 19.1.1). */
    private static String room(String user, JsonPlace place) throws UnusableAnswerException {
        try {
            String room = URLDecoder.decode(user.replaceFirst(";.*", "").replace("+", "%2B"), StandardCharsets.UTF_8);
            if (room.isBlank() || room.chars().anyMatch(Character::isISOControl)) {
                throw place.wrong("names no room");
            }
            return room;
        } catch (IllegalArgumentException e) {
            throw place.wrong("has a % that is not an escape (RFC 3261 section 25.1)");
        }
    }
}
