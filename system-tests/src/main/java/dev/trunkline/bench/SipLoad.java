package dev.trunkline.bench;

import dev.trunkline.local.DemoNumbers;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What SIPp sends: as soon as one exchange is over the next begins, so the number under way is constant. */
enum SipLoad {
    REFUSED("INVITEs to a number that nobody has, refused by 404", DemoNumbers.UNKNOWN, 64, "target 2,000 warm"),
    OPTIONS("OPTIONS outside a call, answered by 200", DemoNumbers.UNKNOWN, 64, "no target"),
    CALLS("whole calls (INVITE, 200, ACK, BYE, 200) to the number that is answered at once", "+3225550101", 50, "no target");

    /** A round ends after this many exchanges, however fast the edge is. */
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

    /** Finds a load by name. @throws IllegalArgumentException that lists the valid names */
    static SipLoad of(String name) {
        return Arrays.stream(values())
                .filter(load -> load.scenario().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--load wants one of " + names() + ", not " + name));
    }

    static String names() {
        return Arrays.stream(values()).map(SipLoad::scenario).collect(Collectors.joining(", "));
    }

    /** Returns the name on the command line, which is also that of SIPp's scenario. */
    String scenario() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    String words() {
        return words;
    }

    /** Returns the number to call: one of the demo data, or one that nobody has. */
    String number() {
        return number;
    }

    /** Returns how many exchanges are under way at any moment. */
    int underWay() {
        return underWay;
    }

    String target() {
        return target;
    }
}
