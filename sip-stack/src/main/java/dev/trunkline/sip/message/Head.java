package dev.trunkline.sip.message;

import java.util.Arrays;
import java.util.Optional;

/**
 * An index of a message: its start line, its header fields with their folded lines, its body. Built in one pass; the content of
 * a field is read on demand. Immutable.
 *
 * <p>A line ends in CR LF. A message that contains no CR at all before its body may end its lines in LF: all readers interpret
 * it in the same way. A message that mixes the two is flawed, because a reader that takes a lone CR or LF for a line end reads
 * a different message.
 */
final class Head {
    static final int OTHER = 0;
    static final int VIA = 1;
    static final int FROM = 2;
    static final int TO = 3;
    static final int CALL_ID = 4;
    static final int CSEQ = 5;
    static final int CONTACT = 6;
    static final int MAX_FORWARDS = 7;
    static final int CONTENT_LENGTH = 8;
    static final int CONTENT_TYPE = 9;
    static final int ROUTE = 10;
    static final int RECORD_ROUTE = 11;

    /** Integers per field: its kind, and where its name and its value begin and end. */
    private static final int STRIDE = 5;

    private final byte[] octets;
    private final int begin;
    private final int lineEnd;
    private final int[] places;
    private final int count;
    private final int bodyFrom;
    private final Optional<Flaw> flaw;

    private Head(Scanner scanner) {
        this.octets = scanner.octets;
        this.begin = scanner.begin;
        this.lineEnd = scanner.startLineEnd;
        this.places = scanner.places;
        this.count = scanner.count;
        this.bodyFrom = scanner.bodyFrom;
        this.flaw = Optional.ofNullable(scanner.flaw);
    }

    /** @param begin where the start line begins */
    static Head of(byte[] octets, int begin) {
        var scanner = new Scanner(octets, begin);
        scanner.run();
        return new Head(scanner);
    }

    byte[] octets() {
        return octets;
    }

    /** Returns where the start line begins. */
    int begin() {
        return begin;
    }

    /** Returns where the start line ends, without its line end. */
    int lineEnd() {
        return lineEnd;
    }

    /** Returns whether an empty line closes the header section. */
    boolean ended() {
        return bodyFrom >= 0;
    }

    /** Returns where the body begins; the end of the octets if the header section has no end. */
    int bodyFrom() {
        return bodyFrom < 0 ? octets.length : bodyFrom;
    }

    /** Returns what is wrong with the lines, if anything. */
    Optional<Flaw> flaw() {
        return flaw;
    }

    /** Returns the number of header fields. */
    int count() {
        return count;
    }

    /** @return the first field of this kind, or -1 */
    int first(int kind) {
        return next(kind, -1);
    }

    /** @return the next field of this kind after that one, or -1 */
    int next(int kind, int after) {
        for (int i = after + 1; i < count; i++) {
            if (places[i * STRIDE] == kind) {
                return i;
            }
        }
        return -1;
    }

    int count(int kind) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            found += places[i * STRIDE] == kind ? 1 : 0;
        }
        return found;
    }

    int nameFrom(int field) {
        return places[field * STRIDE + 1];
    }

    int nameTo(int field) {
        return places[field * STRIDE + 2];
    }

    /** Returns where the value begins, without surrounding blanks; folded lines are kept as received. */
    int from(int field) {
        return places[field * STRIDE + 3];
    }

    int to(int field) {
        return places[field * STRIDE + 4];
    }

    String text(int field) {
        return Scan.text(octets, from(field), to(field));
    }

    /** @param name long form, any case */
    boolean named(int field, String name) {
        int from = nameFrom(field);
        int to = nameTo(field);
        return Scan.same(octets, from, to, name)
                || to - from == 1 && CompactForms.of(octets[from]).equalsIgnoreCase(name);
    }

    /** Fills the index. */
    private static final class Scanner {
        private static final Flaw LINE_END = Flaw.bad("a line does not end in CR LF");
        private static final Flaw NAMELESS = Flaw.bad("a header field has no name");
        private static final Flaw FOLDED = Flaw.bad("a header field has more than " + MessageLimits.FOLDED_LINES + " lines");
        private static final Flaw MANY =
                new Flaw(513, "the message has more than " + MessageLimits.HEADER_FIELDS + " header fields");
        private static final Flaw LONG =
                new Flaw(513, "a header field is longer than " + MessageLimits.HEADER_FIELD + " octets");

        private final byte[] octets;
        private final int begin;
        private final int limit;
        private int[] places = new int[24 * STRIDE];
        private int count;
        private int startLineEnd;
        private int bodyFrom = -1;
        private Flaw flaw;

        /** Whether lines end in LF alone; known after the first line. */
        private boolean bare;
        private boolean endsKnown;
        /** Where the last line read ends, and where the next one begins. */
        private int end;
        private int next;
        /** Whether a field is open: the next line may continue it. */
        private boolean open;
        private int folds;

        Scanner(byte[] octets, int begin) {
            this.octets = octets;
            this.begin = begin;
            this.limit = Math.min(octets.length, begin + MessageLimits.MESSAGE);
        }

        void run() {
            line(begin);
            startLineEnd = end;
            while (next < limit) {
                int from = next;
                line(from);
                if (end == from && next > from) {
                    bodyFrom = next;
                    break;
                }
                if (octets[from] == ' ' || octets[from] == '\t') {
                    fold();
                } else if (!field(from)) {
                    return;
                }
            }
            close();
        }

        /** Reads one line; a line without an end ends where the octets do. */
        private void line(int from) {
            for (int i = from; i < limit; i++) {
                byte c = octets[i];
                if (c != '\r' && c != '\n') {
                    continue;
                }
                if (!endsKnown) {
                    bare = c == '\n';
                    endsKnown = true;
                }
                if (bare && c == '\n') {
                    end = i;
                    next = i + 1;
                    return;
                }
                if (!bare && c == '\r' && i + 1 < limit && octets[i + 1] == '\n') {
                    end = i;
                    next = i + 2;
                    return;
                }
                fault(LINE_END);
            }
            end = limit;
            next = limit;
        }

        private void fold() {
            if (!open) {
                fault(NAMELESS);
                return;
            }
            if (++folds > MessageLimits.FOLDED_LINES) {
                fault(FOLDED);
            }
            places[(count - 1) * STRIDE + 4] = end;
        }

        /** @return false if there are too many fields */
        private boolean field(int from) {
            close();
            int colon = Scan.indexOf(octets, from, end, ':');
            int nameTo = Scan.trimEnd(octets, from, Math.max(colon, from));
            if (!Scan.isToken(octets, from, nameTo)) {
                fault(NAMELESS);
                return true;
            }
            if (count == MessageLimits.HEADER_FIELDS) {
                fault(MANY);
                return false;
            }
            if ((count + 1) * STRIDE > places.length) {
                places = Arrays.copyOf(places, 2 * places.length);
            }
            int place = count++ * STRIDE;
            places[place] = kind(octets, from, nameTo);
            places[place + 1] = from;
            places[place + 2] = nameTo;
            places[place + 3] = colon + 1;
            places[place + 4] = end;
            open = true;
            folds = 0;
            return true;
        }

        /** Closes the open field, which has its last line. */
        private void close() {
            if (!open) {
                return;
            }
            open = false;
            int place = (count - 1) * STRIDE;
            if (places[place + 4] - places[place + 1] > MessageLimits.HEADER_FIELD) {
                fault(LONG);
            }
            places[place + 3] = Scan.skipBlanks(octets, places[place + 3], places[place + 4]);
            places[place + 4] = Scan.trimEnd(octets, places[place + 3], places[place + 4]);
        }

        /** Records a flaw; only the first one counts. */
        private void fault(Flaw found) {
            if (flaw == null) {
                flaw = found;
            }
        }
    }

    private static int kind(byte[] octets, int from, int to) {
        return switch (to - from) {
            case 1 -> switch (Scan.lower(octets[from])) {
                case 'v' -> VIA;
                case 'f' -> FROM;
                case 't' -> TO;
                case 'i' -> CALL_ID;
                case 'm' -> CONTACT;
                case 'l' -> CONTENT_LENGTH;
                case 'c' -> CONTENT_TYPE;
                default -> OTHER;
            };
            case 2 -> same(octets, from, to, "to", TO);
            case 3 -> same(octets, from, to, "via", VIA);
            case 4 -> same(octets, from, to, "from", FROM) + same(octets, from, to, "cseq", CSEQ);
            case 5 -> same(octets, from, to, "route", ROUTE);
            case 7 -> same(octets, from, to, "call-id", CALL_ID) + same(octets, from, to, "contact", CONTACT);
            case 12 -> same(octets, from, to, "max-forwards", MAX_FORWARDS)
                    + same(octets, from, to, "record-route", RECORD_ROUTE)
                    + same(octets, from, to, "content-type", CONTENT_TYPE);
            case 14 -> same(octets, from, to, "content-length", CONTENT_LENGTH);
            default -> OTHER;
        };
    }

    private static int same(byte[] octets, int from, int to, String name, int kind) {
        return Scan.same(octets, from, to, name) ? kind : OTHER;
    }
}
