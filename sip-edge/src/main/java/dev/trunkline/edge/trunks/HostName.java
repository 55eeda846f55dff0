package dev.trunkline.edge.trunks;

import dev.trunkline.edge.text.Texts;
import java.util.List;

/** Entries of a trunk's addresses that are a host name rather than a network. */
final class HostName {
    private static final int LONGEST = 253;

    private HostName() {}

    /** RFC 1123 section 2.1; at least one letter, so no mistyped address counts as a name. */
    static boolean is(String address) {
        String name = address.strip();
        if (name.isEmpty() || name.length() > LONGEST || name.chars().noneMatch(c -> Texts.isLetter((char) c))) {
            return false;
        }
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        List<String> labels = Texts.pieces(bare, ".", LONGEST);
        return String.join(".", labels).length() == bare.length() && labels.stream().allMatch(HostName::isLabel);
    }

    private static boolean isLabel(String label) {
        return Texts.isOf(label, "-") && !label.startsWith("-") && !label.endsWith("-");
    }
}
