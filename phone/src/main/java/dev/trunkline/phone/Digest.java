package dev.trunkline.phone;

import dev.trunkline.phone.sip.Header;
import dev.trunkline.phone.sip.SipRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The authentication that a carrier requires of its callers: MD5 digest with qop auth (RFC 2617, RFC 3261 22).
 *
 * @param user     user whose password is requested
 * @param password of that user
 */
public record Digest(String user, String password) {

    private static final String REALM = "phone";

    /** Returns the header of a 401. @param nonce of this challenge */
    Header challenge(String nonce) {
        return new Header("WWW-Authenticate", "Digest realm=\"" + REALM + "\", nonce=\"" + nonce + "\", algorithm=MD5, qop=\"auth\"");
    }

    /** Returns whether the request proves that its sender knows the password; empty if it has no credentials. */
    Optional<Boolean> proven(SipRequest request, String nonce) {
        return request.headers().first("Authorization").map(given -> {
            String ha1 = md5(user + ":" + REALM + ":" + password);
            String ha2 = md5(request.method() + ":" + value(given, "uri"));
            String wanted = md5(String.join(":", ha1, nonce, value(given, "nc"), value(given, "cnonce"), value(given, "qop"), ha2));
            return value(given, "username").equals(user) && value(given, "nonce").equals(nonce) && value(given, "response").equals(wanted);
        });
    }

    private static String value(String header, String name) {
        Matcher matcher = Pattern.compile("[ ,]" + name + "=(?:\"([^\"]*)\"|([^,\\s]*))", Pattern.CASE_INSENSITIVE).matcher(header);
        return matcher.find() ? Optional.ofNullable(matcher.group(1)).orElseGet(() -> matcher.group(2)) : "";
    }

    private static String md5(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no MD5", e);
        }
    }
}
