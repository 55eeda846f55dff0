package dev.trunkline.router.apply;

import dev.trunkline.events.MediaFrom;
import dev.trunkline.router.directory.InboundTrunk;
import dev.trunkline.router.fields.AttributesToHeaders;
import dev.trunkline.router.fields.Fields;
import dev.trunkline.router.fields.NumberPatterns;
import dev.trunkline.router.fields.TransferWays;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a trunk of a directory file. */
final class TrunkReader {
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final Pattern PREFIX = Pattern.compile("[0-9*#+]{1,8}");
    /** A token of RFC 3261. */
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9.!%*_+`'~-]{1,100}");
    private static final List<String> CALLED_FROM = List.of("request-uri", "to", "p-called-party-id", "diversion", "history-info");
    private static final List<String> CALLER_FROM = List.of("p-asserted-identity", "remote-party-id", "from");
    private static final List<String> TRANSPORTS = List.of("udp", "tcp", "tls");
    private static final List<String> CODECS = List.of("PCMU", "PCMA", "G722", "opus");
    private static final int MOST = 100_000;
    private static final String GATE = "a trunk needs a gate, else anybody could call through it: write addresses (the"
            + " networks or hosts that it sends from), users (who may authenticate by digest) or numbers (the dialled numbers that"
            + " it may bring); allowed_numbers is not a gate, because a caller can claim any number";

    private TrunkReader() {}

    static InboundTrunk read(Fields fields) {
        List<String> written = fields.texts("addresses");
        var trunk = new InboundTrunk(
                "",
                fields.text("name", "the trunk's name"),
                addresses(fields, written),
                country(fields),
                texts(fields, "headers_to_room", HEADER, "write the name of a header, for example X-Store"),
                NumberPatterns.read(fields, "numbers"),
                NumberPatterns.read(fields, "allowed_numbers"),
                texts(fields, "international_prefixes", PREFIX, "write what is dialled before a country code, for example \"00\""),
                texts(fields, "national_prefixes", PREFIX, "write what is dialled before a national number, for example \"0\""),
                of(fields, "called_from", CALLED_FROM),
                of(fields, "caller_from", CALLER_FROM),
                of(fields, "transports", TRANSPORTS),
                of(fields, "codecs", CODECS),
                fields.objects("users").stream().map(DigestUsers::read).toList(),
                fields.integer("max_invites_per_second", 1, MOST),
                fields.integer("max_early_calls", 1, MOST),
                mediaFrom(fields),
                fields.bool("trial_calls", false),
                TransferWays.read(fields, "transfer_way"),
                AttributesToHeaders.read(fields));
        // Not if an address is written but faulty: then that is the fault to report.
        if (written.isEmpty() &&  trunk.numbers().isEmpty() && trunk.users().isEmpty()) {
            fields.fault("addresses", GATE);
        }
        fields.nothingElse();
        return trunk;
    }

    private static List<String> addresses(Fields fields, List<String> written) {
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            try {
                addresses.add(Network.parse(written.get(i)));
            } catch (IllegalArgumentException e) {
                fields.fault("addresses[" + i + "]", e.getMessage());
            }
        }
        return addresses;
    }

    private static Optional<String> country(Fields fields) {
        Optional<String> country = fields.optionalText("country").filter(text -> !text.isEmpty());
        if (country.isPresent() && !COUNTRIES.contains(country.get())) {
            fields.fault("country", "write the two letters of ISO 3166, for example BE, or leave it out if numbers come in E.164");
        }
        return country;
    }

    private static MediaFrom mediaFrom(Fields fields) {
        Optional<String> written = fields.optionalText("media_from").filter(text -> !text.isEmpty());
        Optional<MediaFrom> meant = written.flatMap(text -> Arrays.stream(MediaFrom.values())
                .filter(known -> known.code().equalsIgnoreCase(text))
                .findFirst());
        if (written.isPresent() && meant.isEmpty()) {
            fields.fault("media_from", "write signalling (media comes from the address in the SDP, or from the one that the call was"
                    + " signalled from) or anywhere (the first sender can be the caller)");
        }
        return meant.orElse(MediaFrom.SIGNALLING);
    }

    private static List<String> texts(Fields fields, String field, Pattern form, String whatToWrite) {
        List<String> texts = fields.texts(field);
        for (int i = 0; i < texts.size(); i++) {
            if (!form.matcher(texts.get(i)).matches()) {
                fields.fault(field + "[" + i + "]", whatToWrite);
            }
        }
        return texts;
    }

    /** Reads values of which the case does not matter. */
    private static List<String> of(Fields fields, String field, List<String> known) {
        List<String> read = new ArrayList<>();
        List<String> written = fields.texts(field);
        for (int i = 0; i < written.size(); i++) {
            String text = written.get(i);
            Optional<String> meant = known.stream().filter(text::equalsIgnoreCase).findFirst();
            if (meant.isEmpty()) {
                fields.fault(field + "[" + i + "]", "write one of " + String.join(", ", known));
            } else if (read.contains(meant.get())) {
                fields.fault(field + "[" + i + "]", "is listed twice");
            }
            meant.ifPresent(read::add);
        }
        return read;
    }
}
