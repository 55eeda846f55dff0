package dev.trunkline.router.rules;

import dev.trunkline.router.fields.Fields;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Targets to which calls are forwarded, and URLs of webhooks. */
final class Addresses {
    private static final int LONGEST = 512;
    private static final int LONGEST_URL = 2_048;
    /** RFC 3261 section 19.1.1, without a password and without headers: the called party would see both. */
    private static final Pattern SIP = Pattern.compile(
            "(?i)sips?:(?:[^@:\\s<>\"?]+@)?(?:\\[[0-9a-f:.]+\\]|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::[0-9]{1,5})?(?:;[^\\s<>\"?]*)?");
    /** RFC 3966: only global numbers, because a local number does not say to which network it belongs. */
    private static final Pattern TEL = Pattern.compile("(?i)tel:\\+[0-9][-.()0-9]{1,30}");
    private static final Pattern NUMBER = Pattern.compile("\\+[0-9][-.() 0-9]{1,30}|[0-9*#]{1,8}");

    /** As it is dialled within a country; the outbound trunk determines which country that is. */
    private static final Pattern NATIONAL = Pattern.compile("[0-9(][-.() 0-9]{1,30}");

    private Addresses() {}

    static String sip(Fields fields, String field) {
        String text = fields.text(field, "a SIP URI, for example \"sip:desk@pbx.example\"");
        if (!text.isEmpty() && !sip(text)) {
            fields.fault(field, "write a SIP URI without password and headers, for example \"sip:desk@pbx.example\", or a tel URI, \"tel:+3225550100\"");
        }
        return text;
    }

    /** Returns what is wrong with the target of a forward, and what to write; empty for nothing. */
    static Optional<String> target(String text) {
        if (sip(text) || text.length() <= LONGEST && (NUMBER.matcher(text).matches() || NATIONAL.matcher(text).matches())) {
            return Optional.empty();
        }
        return Optional.of("write a number (\"+3225550100\"), or a SIP URI without password and headers (\"sip:desk@pbx.example\")");
    }

    static String sipOrNumber(Fields fields, String field) {
        String text = fields.text(field, "a SIP URI or a number, for example \"+3225550100\"");
        if (!text.isEmpty() && !sip(text) && !NUMBER.matcher(text).matches()) {
            fields.fault(field, "write a SIP URI (\"sip:desk@pbx.example\"), a number in E.164 (\"+3225550100\") or an extension (\"1000\")");
        }
        return text;
    }

    private static boolean sip(String text) {
        return text.length() <= LONGEST && (SIP.matcher(text).matches() || TEL.matcher(text).matches());
    }

    static URI web(Fields fields, String field) {
        String text = fields.text(field, "the URL that is asked, for example \"https://calls.example/route\"");
        Optional<URI> url = parse(text);
        if (url.isEmpty() && !text.isEmpty()) {
            fields.fault(field, "write an http or https URL with a host, without user and fragment, for example \"https://calls.example/route\"");
        }
        return url.orElse(URI.create("https://invalid"));
    }

    private static Optional<URI> parse(String text) {
        try {
            URI url = new URI(text);
            String scheme = Optional.ofNullable(url.getScheme()).orElse("").toLowerCase(Locale.ROOT);
            return (scheme.equals("http") || scheme.equals("https"))
                            && url.getHost() != null
                            && url.getUserInfo() == null
                            && url.getFragment() == null
                            && text.length() <= LONGEST_URL
                    ? Optional.of(url)
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
