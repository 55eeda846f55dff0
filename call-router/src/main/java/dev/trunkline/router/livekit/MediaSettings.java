package dev.trunkline.router.livekit;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** LiveKit's SIPMediaConfig. A trunk's list of codecs has an equivalent here. */
final class MediaSettings {
    private static final List<String> ENCRYPTION =
            List.of("SIP_MEDIA_ENCRYPT_DISABLE", "SIP_MEDIA_ENCRYPT_ALLOW", "SIP_MEDIA_ENCRYPT_REQUIRE");
    /** Our values, in the same order. */
    private static final List<String> SRTP = List.of("off", "offer", "require");
    /** Names of RFC 3551, by the names that LiveKit or an operator writes. */
    private static final Map<String, String> CODECS = Map.of(
            "PCMU", "PCMU", "G711U", "PCMU", "ULAW", "PCMU", "PCMA", "PCMA", "G711A", "PCMA", "ALAW", "PCMA", "G722", "G722");

    private MediaSettings() {}

    static void ofRule(Message rule) {
        encryption(rule, "media_encryption");
        rule.message("media").ifPresent(media -> {
            encryption(media, "encryption");
            media.notCarried("only_listed_codecs", "codecs are a setting of the trunk here: write `codecs` there");
            media.notCarried("codecs", "codecs are a setting of the trunk here: write `codecs` there");
            timeout(media);
            media.nothingElse();
        });
    }

    /** @return the only codecs that the trunk may use, as in SDP; empty for the suite's */
    static List<String> ofTrunk(Message trunk) {
        encryption(trunk, "media_encryption");
        return trunk.message("media").map(MediaSettings::codecs).orElse(List.of());
    }

    /** @return as {@link #ofTrunk} */
    static List<String> ofOutboundTrunk(Message trunk) {
        return trunk.message("media").map(MediaSettings::codecsAlone).orElse(List.of());
    }

    /** Returns whether the media of an outbound trunk are encrypted, as our value. */
    static String srtp(Message trunk) {
        int onMedia = trunk.message("media").map(media -> media.constant("encryption", ENCRYPTION)).orElse(0);
        return SRTP.get(Math.max(onMedia, trunk.constant("media_encryption", ENCRYPTION)));
    }

    private static List<String> codecs(Message media) {
        encryption(media, "encryption");
        return codecsAlone(media);
    }

    private static List<String> codecsAlone(Message media) {
        media.passOver("encryption");
        timeout(media);
        boolean only = media.bool("only_listed_codecs");
        List<String> listed = media.messages("codecs").stream().map(codec -> {
            String written = codec.text("name");
            codec.passOver("rate");
            codec.nothingElse();
            String known = CODECS.getOrDefault(
                    written.replaceFirst("/.*", "").replace(".", "").toUpperCase(Locale.ROOT), "");
            if (known.isEmpty()) {
                codec.warn("name", written + " is left out: phones speak PCMU, PCMA or G722 here");
            }
            return known;
        }).filter(name -> !name.isEmpty()).distinct().toList();
        media.nothingElse();
        if (!only && !listed.isEmpty()) {
            media.warn("codecs", "are added to LiveKit's own unless only_listed_codecs is true; here the trunk keeps the suite's codecs, which are all of them");
        }
        return only ? listed : List.of();
    }

    private static void encryption(Message message, String field) {
        if (message.constant(field, ENCRYPTION) > 0) {
            message.warn(field, "SRTP is not a setting of a rule or trunk here: the caller's offer decides, and what is required cannot be enforced");
        }
    }

    private static void timeout(Message media) {
        media.notCarried("media_timeout", "the time without media after which a call ends is the suite's setting");
    }
}
