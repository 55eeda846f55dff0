package dev.trunkline.rtc.sctp;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Messages of the Data Channel Establishment Protocol (RFC 8832 section 5). */
sealed interface Dcep {
    int ACK = 2;
    int OPEN = 3;
    int UNORDERED = 0x80;
    int RETRANSMITS = 1;
    int LIFETIME = 2;
    int FIXED_BYTES = 12;
    /** "Normal" of RFC 8831 section 6.4. */
    short PRIORITY_NORMAL = 256;

    record Open(ChannelConfig config) implements Dcep {}

    record Ack() implements Dcep {}

    static byte[] ack() {
        return new byte[] {ACK};
    }

    static byte[] open(ChannelConfig config) {
        byte[] label = config.label().getBytes(StandardCharsets.UTF_8);
        byte[] protocol = config.protocol().getBytes(StandardCharsets.UTF_8);
        int type = (config.ordered() ? 0 : UNORDERED) | switch (config.reliability()) {
            case Reliability.Full() -> 0;
            case Reliability.Retransmits _ -> RETRANSMITS;
            case Reliability.Lifetime _ -> LIFETIME;
        };
        int parameter = switch (config.reliability()) {
            case Reliability.Full() -> 0;
            case Reliability.Retransmits(int most) -> most;
            case Reliability.Lifetime(Duration most) -> (int) most.toMillis();
        };
        return ByteBuffer.allocate(FIXED_BYTES + label.length + protocol.length)
                .put((byte) OPEN).put((byte) type).putShort(PRIORITY_NORMAL).putInt(parameter)
                .putShort((short) label.length).putShort((short) protocol.length)
                .put(label).put(protocol).array();
    }

    /** Returns empty if it is not a DCEP message. */
    static Optional<Dcep> parse(byte[] message) {
        ByteBuffer in = ByteBuffer.wrap(message);
        try {
            return switch (in.get()) {
                case ACK -> Optional.of(new Ack());
                case OPEN -> parseOpen(in);
                default -> Optional.empty();
            };
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static Optional<Dcep> parseOpen(ByteBuffer in) {
        int type = Byte.toUnsignedInt(in.get());
        in.getShort(); // priority: our channels are served in turn
        int parameter = (int) Math.min(65_535, Integer.toUnsignedLong(in.getInt()));
        byte[] label = new byte[Short.toUnsignedInt(in.getShort())];
        byte[] protocol = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(label).get(protocol);
        Optional<Reliability> reliability = switch (type & ~UNORDERED) {
            case 0 -> Optional.of(new Reliability.Full());
            case RETRANSMITS -> Optional.of(new Reliability.Retransmits(parameter));
            case LIFETIME -> Optional.of(new Reliability.Lifetime(Duration.ofMillis(parameter)));
            default -> Optional.empty();
        };
        String name = new String(label, StandardCharsets.UTF_8);
        String subprotocol = new String(protocol, StandardCharsets.UTF_8);
        // Bytes that are not valid UTF-8 decode to three bytes each.
        if (name.length() > 21_845 || subprotocol.length() > 21_845) {
            return Optional.empty();
        }
        return reliability.map(r -> new Open(new ChannelConfig(name, subprotocol, (type & UNORDERED) == 0, r)));
    }
}
