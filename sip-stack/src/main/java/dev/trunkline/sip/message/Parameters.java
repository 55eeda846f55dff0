package dev.trunkline.sip.message;

/**
 * Walks the parameters of one value ({@code ;name=value}), octet by octet. {@link #next} moves to the next one and sets the
 * fields to its position. Not thread-safe.
 */
final class Parameters {
    private final byte[] octets;
    private final int to;
    private int at;

    /** Where the parameter begins, at its semicolon, and where it ends. */
    int begin;
    int end;
    int nameFrom;
    int nameTo;
    /** Where the value begins; -1 without an equals sign. */
    int valueFrom;
    int valueTo;
    /** Whether a quote or a bracket in it has no end. */
    private boolean unended;

    /** @param from position of the first semicolon, or {@code to} */
    Parameters(byte[] octets, int from, int to) {
        this.octets = octets;
        this.at = from;
        this.to = to;
    }

    /** @return false if there are no more */
    boolean next() {
        if (at >= to) {
            return false;
        }
        begin = at;
        int found = Scan.pieceEnd(octets, at + 1, to, ';');
        unended = found < 0;
        end = unended ? to : found;
        at = end;
        int equals = Scan.indexOf(octets, begin + 1, end, '=');
        nameFrom = Scan.skipBlanks(octets, begin + 1, end);
        nameTo = Scan.trimEnd(octets, nameFrom, equals < 0 ? end : Math.max(nameFrom, equals));
        valueFrom = equals < 0 ? -1 : Scan.skipBlanks(octets, equals + 1, end);
        valueTo = equals < 0 ? -1 : Scan.trimEnd(octets, valueFrom, end);
        return true;
    }

    /** Returns whether this parameter has that name. @param lower in lower case */
    boolean named(String lower) {
        return Scan.same(octets, nameFrom, nameTo, lower);
    }

    boolean hasValue() {
        return valueFrom >= 0 && valueTo > valueFrom;
    }

    /** Returns whether each has a name that is a token, and there are not too many; values are not checked. */
    static boolean areSound(byte[] octets, int from, int to) {
        var parameters = new Parameters(octets, from, to);
        int count = 0;
        while (parameters.next()) {
            if (++count > MessageLimits.PARAMETERS
                    || parameters.unended
                    || !Scan.isToken(octets, parameters.nameFrom, parameters.nameTo)) {
                return false;
            }
        }
        return true;
    }
}
