package dev.trunkline.sip.register;

import dev.trunkline.sip.message.MessageLimits;
import dev.trunkline.sip.message.NameAddr;
import dev.trunkline.sip.message.SipResponse;
import dev.trunkline.sip.message.SipUri;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A registrar's response, as far as it matters here. */
public sealed interface RegisterAnswer {
    int OK = 200;
    int INTERVAL_TOO_BRIEF = 423;

    int status();

    /**
     * 2xx (RFC 3261 section 10.2.4).
     *
     * @param granted how long our binding is kept; zero if it is not kept
     * @param serviceRoute Route values for later requests (RFC 3608)
     */
    record Accepted(int status, Duration granted, List<String> serviceRoute) implements RegisterAnswer {
        public Accepted {
            serviceRoute = List.copyOf(serviceRoute);
        }
    }

    /** 423: the registrar requires a longer interval (RFC 3261 section 10.2.8). */
    record TooBrief(int status, Duration minimum) implements RegisterAnswer {}

    /** A rejection that will recur: the account is wrong. @param why in words */
    record Refused(int status, String why) implements RegisterAnswer {}

    /** A failure that may not recur. @param after the delay that the registrar requests */
    record Failed(int status, Optional<Duration> after) implements RegisterAnswer {}

    /**
     * @param wanted the interval that was requested
     * @param user part of our Contact
     */
    static RegisterAnswer of(SipResponse response, Duration wanted, String user) {
        int status = response.status();
        if (response.accepts()) {
            return new Accepted(status, granted(response, wanted, user), serviceRoute(response));
        }
        return switch (status) {
            case INTERVAL_TOO_BRIEF -> seconds(response.headers().first("Min-Expires"))
                    .<RegisterAnswer>map(minimum -> new TooBrief(status, minimum))
                    .orElseGet(() -> new Failed(status, Optional.empty()));
            case 403 -> new Refused(status, "the registrar forbids it: the account may be blocked, or not allowed from this address");
            case 404 -> new Refused(status, "the registrar does not know the user");
            case 405, 501 -> new Refused(status, "the server is not a registrar: it does not accept REGISTER");
            default -> new Failed(status, seconds(response.headers().first("Retry-After")));
        };
    }

    /** Finds our binding among all bindings of the account, by user and by the host of our Via, and returns its interval. */
    private static Duration granted(SipResponse response, Duration wanted, String user) {
        List<NameAddr> bindings = NameAddr.all(response.headers().values("Contact"));
        List<NameAddr> ours = bindings.stream().filter(each -> isOurs(each, user, response.via().sentBy())).toList();
        // A registrar that puts the packet's source into the binding names a different host.
        Optional<NameAddr> mine = ours.isEmpty() && bindings.size() == 1
                ? Optional.of(bindings.getFirst())
                : ours.stream().findFirst();
        return mine.flatMap(binding -> seconds(binding.parameter("expires")))
                .or(() -> seconds(response.headers().first("Expires")))
                .orElse(wanted);
    }

    private static boolean isOurs(NameAddr binding, String user, String sentBy) {
        SipUri uri = SipUri.parse(binding.uri());
        String host = uri.host().toLowerCase(Locale.ROOT);
        String bare = host.indexOf(':') < 0 ? host : "[" + host + "]";
        String written = uri.port().isPresent() ? bare + ":" + uri.port().getAsInt() : bare;
        return binding.user().equals(user) && written.equals(sentBy);
    }

    private static List<String> serviceRoute(SipResponse response) {
        return response.headers().list("Service-Route").stream()
                .filter(route -> NameAddr.parse(route).isPresent())
                .limit(MessageLimits.ROUTES)
                .toList();
    }

    /** Reads digits up to any other character, which may begin a comment: {@code 18000;duration=3600}. */
    private static Optional<Duration> seconds(Optional<String> value) {
        return value.map(String::strip).flatMap(text -> {
            int end = 0;
            while (end < text.length() && end < 10 && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
                end++;
            }
            return end == 0 ? Optional.empty() : Optional.of(longest(Duration.ofSeconds(Long.parseLong(text.substring(0, end)))));
        });
    }

    private static Duration longest(Duration said) {
        return said.compareTo(RegisterTimes.LONGEST) > 0 ? RegisterTimes.LONGEST : said;
    }
}
