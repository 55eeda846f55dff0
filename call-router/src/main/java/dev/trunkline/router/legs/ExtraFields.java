package dev.trunkline.router.legs;

import dev.trunkline.events.SrtpUse;
import dev.trunkline.events.privacy.DialExtras;
import dev.trunkline.router.fields.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the settings of an outbound call other than its target. */
final class ExtraFields {
    private static final int LONGEST_NAME = 128;
    private static final int MOST_MAPPED = 32;
    private static final Pattern KEYS = Pattern.compile("[0-9*#A-Dw]{0," + DialExtras.MOST_KEYS + "}");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9.!%*_+`'~-]{1,64}");
    private static final Pattern ATTRIBUTE = Pattern.compile("[\\x21-\\x7E]{1,128}");
    private static final List<String> ANSWER_HEADERS = List.of(DialExtras.NO_HEADERS, DialExtras.X_HEADERS, DialExtras.ALL_HEADERS);
    /** Attributes that Trunkline itself sets about a call. */
    private static final List<String> OURS = List.of("sip.call", "sip.trunk", "sip.rule", "sip.phoneNumber", "trunkline.");

    private ExtraFields() {}

    static DialExtras read(Fields fields) {
        return new DialExtras(
                name(fields), keys(fields), fields.bool("dial_tone", false), answerHeaders(fields), mapping(fields));
    }

    /** Returns the minimum media encryption that is wanted; empty if the request does not say. */
    static Optional<SrtpUse> srtp(Fields fields) {
        Optional<String> said = fields.optionalText("srtp").filter(text -> !text.isEmpty());
        Optional<SrtpUse> use = said.flatMap(ExtraFields::use);
        if (said.isPresent() && use.isEmpty()) {
            fields.fault("srtp", "write off, offer or require");
        }
        return use;
    }

    private static Optional<SrtpUse> use(String code) {
        return List.of(SrtpUse.values()).stream().filter(use -> use.code().equals(code)).findFirst();
    }

    private static String name(Fields fields) {
        String name = fields.optionalText("display_name").orElse("");
        if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            fields.fault("display_name", "write one line of up to " + LONGEST_NAME + " characters");
        }
        return name;
    }

    private static String keys(Fields fields) {
        String keys = fields.optionalText("keys").orElse("");
        if (!KEYS.matcher(keys).matches()) {
            fields.fault("keys", "write up to " + DialExtras.MOST_KEYS + " of 0 to 9, *, #, A to D, and w for half a second");
        }
        return keys;
    }

    private static String answerHeaders(Fields fields) {
        String said = fields.optionalText("answer_headers").filter(text -> !text.isEmpty()).orElse(DialExtras.NO_HEADERS);
        if (!ANSWER_HEADERS.contains(said)) {
            fields.fault("answer_headers", "write none, x or all");
        }
        return said;
    }

    private static Map<String, String> mapping(Fields fields) {
        Map<String, String> mapping = new LinkedHashMap<>();
        fields.json("headers_to_attributes").properties().forEach(pair -> {
            String attribute = pair.getValue().asText();
            if (!HEADER.matcher(pair.getKey()).matches()) {
                fields.fault("headers_to_attributes", "write names of headers, and for each the attribute that gets its value");
            } else if (!pair.getValue().isTextual() || !ATTRIBUTE.matcher(attribute).matches()) {
                fields.fault("headers_to_attributes." + pair.getKey(), "write the name of an attribute, up to 128 characters without blanks");
            } else if (OURS.stream().anyMatch(attribute::startsWith)) {
                fields.fault("headers_to_attributes." + pair.getKey(), "that attribute describes the call itself: choose another name");
            }
            mapping.put(pair.getKey(), attribute);
        });
        if (mapping.size() > MOST_MAPPED) {
            fields.fault("headers_to_attributes", "write up to " + MOST_MAPPED);
        }
        return mapping;
    }
}
