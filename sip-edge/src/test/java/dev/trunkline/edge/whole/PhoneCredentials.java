package dev.trunkline.edge.whole;

import dev.trunkline.edge.whole.UdpPhone.Message;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/** A phone's name and password, and RFC 7616 as the phone implements it. */
record PhoneCredentials(String username, String password) {
    private static final String CNONCE = "0a4f113b";

    static List<String> challenges(Message refusal) {
        return refusal.text().lines()
                .filter(line -> line.regionMatches(true, 0, "WWW-Authenticate:", 0, 17))
                .map(line -> line.substring(17).strip())
                .toList();
    }

    static String parameter(String challenge, String name) {
        return challenge.replaceAll(".*\\b" + name + "=\"?([^\",]*)\"?.*", "$1");
    }

    /** @return the Authorization header line */
    String authorization(String challenge, String method, String uri, int count) throws Exception {
        String algorithm = parameter(challenge, "algorithm");
        String realm = parameter(challenge, "realm");
        String nonce = parameter(challenge, "nonce");
        String nc = "%08x".formatted(count);
        String response = hash(algorithm, hash(algorithm, username + ":" + realm + ":" + password) + ":" + nonce + ":" + nc
                + ":" + CNONCE + ":auth:" + hash(algorithm, method + ":" + uri));
        return "Authorization: Digest username=\"" + username + "\", realm=\"" + realm + "\", nonce=\"" + nonce + "\", uri=\""
                + uri + "\", response=\"" + response + "\", algorithm=" + algorithm + ", cnonce=\"" + CNONCE
                + "\", qop=auth, nc=" + nc + "\r\n";
    }

    static String hash(String algorithm, String text) throws Exception {
        return HexFormat.of().formatHex(
                MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
