package dev.trunkline.router.outbound;

import dev.trunkline.events.CallerIdPlace;
import dev.trunkline.events.CallerIdPolicy;
import dev.trunkline.events.Destinations;
import dev.trunkline.events.Dialling;
import dev.trunkline.events.NumberForm;
import dev.trunkline.events.SrtpUse;
import dev.trunkline.events.TrunkGateway;
import dev.trunkline.events.TrunkRegistration;
import dev.trunkline.events.privacy.TrunkAccount;
import dev.trunkline.router.fields.AttributesToHeaders;
import dev.trunkline.router.fields.Fields;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads an outbound trunk of a directory file, and names everything that is wrong with it. */
public final class OutboundReader {
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final List<String> TRANSPORTS = List.of("udp", "tcp", "tls");
    private static final List<String> CODECS = List.of("PCMU", "PCMA", "G722", "opus");
    /** RFC 1123 section 2.1; at least one letter, so that a mistyped address does not pass as a name. */
    private static final Pattern NAME =
            Pattern.compile("(?=.{1,253}$)(?=.*[a-z])([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern IPV4 =
            Pattern.compile("((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-f:.]{2,45}");
    /** The user part of a URI, as far as it needs no escape (RFC 3261 section 25.1). */
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_.!~*'()&=+$,?/-]{1,128}");
    /** Neither a colon, which separates it in the digest, nor characters that a quoted string would have to escape. */
    private static final Pattern LOGIN = Pattern.compile("[^:\"\\\\\\p{Cntrl}]{1,128}");
    private static final Pattern DIGITS = Pattern.compile("[0-9*#+]{0,16}");
    private static final Pattern NUMBER = Pattern.compile("[+]?[0-9*#]{1,32}");
    private static final Pattern PREFIX = Pattern.compile("[+][1-9][0-9]{0,14}");
    private static final int MOST_GATEWAYS = 16;
    private static final int MOST = 100_000;
    private static final int USUAL_EXPIRES = 300;
    private static final int LONGEST_EXPIRES = 86_400;

    private OutboundReader() {}

    public static OutboundDefinition read(Fields fields) {
        var trunk = new OutboundDefinition(
                fields.text("name", "the trunk's name"),
                text(fields, "organisation"),
                text(fields, "inbound_trunk"),
                fields.object("account").map(OutboundReader::account),
                new OutboundDefinition.Terms(
                        gateways(fields),
                        fields.object("outbound_proxy").map(OutboundReader::gateway),
                        registration(fields),
                        callerId(fields.object("caller_id")),
                        dialling(fields.object("dialling")),
                        codecs(fields),
                        code(fields, "srtp", SrtpUse.values(), SrtpUse::code).orElse(SrtpUse.OFF),
                        fields.integer("max_concurrent_calls", 1, MOST),
                        fields.integer("max_calls_per_second", 1, MOST),
                        fields.object("allowed").map(OutboundReader::destinations),
                        fields.object("forbidden").map(OutboundReader::destinations),
                        AttributesToHeaders.read(fields)));
        if (trunk.terms().registration().isPresent() && trunk.account().isEmpty()) {
            fields.fault("account", "is missing: a trunk that registers needs the {username, password} of an account");
        }
        fields.nothingElse();
        return trunk;
    }

    private static List<TrunkGateway> gateways(Fields fields) {
        List<TrunkGateway> gateways = fields.objects("gateways").stream().map(OutboundReader::gateway).toList();
        if (gateways.isEmpty()) {
            fields.fault("gateways", "is missing: write where calls go, for example [{host: sip.carrier.example}]");
        } else if (gateways.size() > MOST_GATEWAYS) {
            fields.fault("gateways", "write up to " + MOST_GATEWAYS + "; a name in DNS may stand for many");
        }
        return gateways;
    }

    private static TrunkGateway gateway(Fields fields) {
        String host = fields.text("host", "a name such as sip.carrier.example, or an address").toLowerCase(Locale.ROOT);
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        boolean fits = NAME.matcher(bare).matches() || IPV4.matcher(bare).matches() || bare.contains(":") && IPV6.matcher(bare).matches();
        if (!host.isBlank() && !fits) {
            fields.fault("host", "write a name such as sip.carrier.example, or an address, without port: the port is a separate field");
        }
        var gateway = new TrunkGateway(
                bare,
                fields.integer("port", 1, 65_535),
                code(fields, "transport", TRANSPORTS.toArray(String[]::new), Function.identity()),
                fields.integer("order", 0, MOST).orElse(0),
                fields.integer("weight", 0, MOST).orElse(1));
        fields.nothingElse();
        return gateway;
    }

    private static TrunkAccount account(Fields fields) {
        String username = fields.text("username", "the user's name, as the carrier gave it");
        Optional<String> password = text(fields, "password");
        Optional<String> realm = text(fields, "realm");
        Optional<String> md5 = digest(fields, "ha1_md5", 32);
        Optional<String> sha256 = digest(fields, "ha1_sha256", 64);
        fields.nothingElse();
        if (!username.isBlank() && !LOGIN.matcher(username).matches()) {
            fields.fault("username", "write up to 128 characters without colon, quote and backslash");
        }
        boolean digests = md5.isPresent() || sha256.isPresent();
        if (password.isPresent() == digests) {
            fields.fault("password", digests
                    ? "write the password or its digests, not both"
                    : "is missing: write the password, or realm with ha1_md5 and ha1_sha256 of it in that realm");
        }
        if (digests && realm.isEmpty()) {
            fields.fault("realm", "is missing: digests of a password belong to one realm, the one in the carrier's challenge");
        }
        return new TrunkAccount(username, password, realm, md5, sha256);
    }

    private static Optional<String> digest(Fields fields, String field, int digits) {
        Optional<String> digest = text(fields, field);
        if (digest.isPresent() && !digest.get().matches("[0-9a-fA-F]{" + digits + "}")) {
            fields.fault(field, "write the digest of username:realm:password, " + digits + " hexadecimal digits");
        }
        return digest.map(written -> written.toLowerCase(Locale.ROOT));
    }

    private static Optional<TrunkRegistration> registration(Fields fields) {
        boolean registers = fields.bool("register", false);
        var expires = fields.integer("register_expires_seconds", 30, LONGEST_EXPIRES);
        Optional<String> contact = matching(fields, "contact_user", USER, "write the user part of a SIP URI, for example \"+3225550100\"");
        if (!registers && (expires.isPresent() || contact.isPresent())) {
            fields.fault("register", "write true: register_expires_seconds and contact_user say how the trunk is registered");
        }
        return registers ? Optional.of(new TrunkRegistration(expires.orElse(USUAL_EXPIRES), contact)) : Optional.empty();
    }

    private static CallerIdPolicy callerId(Optional<Fields> written) {
        if (written.isEmpty()) {
            return new CallerIdPolicy(CallerIdPlace.FROM, Optional.empty(), false, Optional.empty(), Optional.empty());
        }
        Fields fields = written.get();
        var policy = new CallerIdPolicy(
                code(fields, "in", CallerIdPlace.values(), CallerIdPlace::code).orElse(CallerIdPlace.FROM),
                matching(fields, "number", NUMBER, "write a number, for example \"+3225550100\""),
                fields.bool("pass", false),
                matching(fields, "from_user", USER, "write the user part of a SIP URI"),
                matching(fields, "from_domain", NAME, "write a domain, for example carrier.example"));
        fields.nothingElse();
        return policy;
    }

    private static Dialling dialling(Optional<Fields> written) {
        if (written.isEmpty()) {
            return new Dialling(NumberForm.E164, Optional.empty(), "", "", Optional.empty());
        }
        Fields fields = written.get();
        var dialling = new Dialling(
                code(fields, "form", NumberForm.values(), NumberForm::code).orElse(NumberForm.E164),
                country(fields, "country", text(fields, "country")),
                matching(fields, "strip", DIGITS, "write digits, for example \"00\"").orElse(""),
                matching(fields, "add", DIGITS, "write digits, for example \"0\"").orElse(""),
                fields.bool("follow_redirects", false) ? Optional.of(true) : Optional.empty());
        if (dialling.form() == NumberForm.NATIONAL && dialling.country().isEmpty()) {
            fields.fault("country", "is missing: national numbers need a country, for example BE");
        }
        fields.nothingElse();
        return dialling;
    }

    private static Destinations destinations(Fields fields) {
        List<String> countries = fields.texts("countries");
        for (int i = 0; i < countries.size(); i++) {
            country(fields, "countries[" + i + "]", Optional.of(countries.get(i)));
        }
        List<String> prefixes = fields.texts("prefixes");
        for (int i = 0; i < prefixes.size(); i++) {
            if (!PREFIX.matcher(prefixes.get(i)).matches()) {
                fields.fault("prefixes[" + i + "]", "write the beginning of numbers as E.164 has them, for example \"+32800\"");
            }
        }
        if (countries.isEmpty() && prefixes.isEmpty()) {
            fields.fault("", "says nothing: write countries or prefixes, or leave it out");
        }
        fields.nothingElse();
        return new Destinations(countries, prefixes);
    }

    private static List<String> codecs(Fields fields) {
        List<String> written = fields.texts("codecs");
        for (int i = 0; i < written.size(); i++) {
            if (CODECS.stream().noneMatch(written.get(i)::equalsIgnoreCase)) {
                fields.fault("codecs[" + i + "]", "write one of " + String.join(", ", CODECS));
            }
        }
        return written.stream()
                .flatMap(text -> CODECS.stream().filter(text::equalsIgnoreCase))
                .distinct()
                .toList();
    }

    private static Optional<String> country(Fields fields, String field, Optional<String> country) {
        if (country.isPresent() && !COUNTRIES.contains(country.get())) {
            fields.fault(field, "write the two letters of ISO 3166, for example BE");
        }
        return country;
    }

    private static Optional<String> matching(Fields fields, String field, Pattern form, String whatToWrite) {
        Optional<String> written = text(fields, field);
        if (written.isPresent() && !form.matcher(written.get()).matches()) {
            fields.fault(field, whatToWrite);
        }
        return written;
    }

    /** Reads a code; case does not matter. */
    private static <T> Optional<T> code(Fields fields, String field, T[] known, Function<T, String> code) {
        Optional<String> written = text(fields, field);
        Optional<T> meant = written.flatMap(text -> Arrays.stream(known).filter(each -> code.apply(each).equalsIgnoreCase(text)).findFirst());
        if (written.isPresent() && meant.isEmpty()) {
            fields.fault(field, "write one of " + Arrays.stream(known).map(code).collect(Collectors.joining(", ")));
        }
        return meant;
    }

    private static Optional<String> text(Fields fields, String field) {
        return fields.optionalText(field).filter(text -> !text.isEmpty());
    }
}
