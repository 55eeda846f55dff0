package dev.trunkline.bench;

import dev.trunkline.local.DemoNumbers;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What SIPp sends: as soon as one exchange is over the next begins, so that always as many are under way. */
enum SipLoad {
    REFUSED("INVITEs to a number that nobody has, refused by 404", DemoNumbers.UNKNOWN, 64, "target 2,000 warm"),
    OPTIONS("OPTIONS outside a call, answered by 200", DemoNumbers.UNKNOWN, 64, "no target"),
    CALLS("whole calls (INVITE, 200, ACK, BYE, 200) to the number that is answered at once", "+3225550101", 50, "no target");

    /** No round goes on after so many, however fast the edge is. */
    static final int MOST_A_ROUND = 200_000;

    private final String words;
    private final String number;
    private final int underWay;
    private final String target;

    SipLoad(String words, String number, int underWay, String target) {
        this.words = words;
        this.number = number;
        this.underWay = underWay;
        this.target = target;
    }

    /** @throws IllegalArgumentException that names those that there are */
    static SipLoad of(String name) {
        return Arrays.stream(values())
                .filter(load -> load.scenario().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--load wants one of " + names() + ", not " + name));
    }

    static String names() {
        return Arrays.stream(values()).map(SipLoad::scenario).collect(Collectors.joining(", "));
    }

    /** Its name on the command line, and that of SIPp's scenario. */
    String scenario() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    String words() {
        return words;
    }

    /** Of the demo data, or of nobody. */
    String number() {
        return number;
    }

    /** How many are under way at any moment. */
    int underWay() {
        return underWay;
    }

    String target() {
        return target;
    }
}
