package dev.trunkline.rtc.sctp;

import java.util.Optional;

/**
 * The graceful shutdown (RFC 9260 section 9.2): queued messages are delivered first.
 *
 * <pre>
 *  shutdown()                                        peer's SHUTDOWN
 *      | SHUTDOWN_PENDING                                 | SHUTDOWN_RECEIVED
 *      | all delivered: SHUTDOWN ------------------------>| all delivered
 *      | SHUTDOWN_SENT       <------------- SHUTDOWN ACK  | SHUTDOWN_ACK_SENT
 *      | SHUTDOWN COMPLETE ------------------------------>| ended
 *    ended
 * </pre>
 */
final class Teardown {
    private final PacketBundler out;
    private final RetransmissionTimeout rto;
    private final Timer timer = new Timer();

    Teardown(PacketBundler out, RetransmissionTimeout rto) {
        this.out = out;
        this.rto = rto;
    }

    /** T2-shutdown. */
    Timer timer() {
        return timer;
    }

    /** Everything has been delivered: returns the next state, if there is one. */
    Optional<SctpAssociation.State> delivered(SctpAssociation.State state, int cumulativeTsn, long now) {
        return switch (state) {
            case SHUTDOWN_PENDING -> {
                sendShutdown(cumulativeTsn, now);
                yield Optional.of(SctpAssociation.State.SHUTDOWN_SENT);
            }
            case SHUTDOWN_RECEIVED -> {
                sendAck(now);
                yield Optional.of(SctpAssociation.State.SHUTDOWN_ACK_SENT);
            }
            default -> Optional.empty();
        };
    }

    void sendShutdown(int cumulativeTsn, long now) {
        out.add(new Chunk.Shutdown(cumulativeTsn));
        timer.start(now, rto.nanos());
    }

    void sendAck(long now) {
        out.add(new Chunk.ShutdownAck());
        timer.start(now, rto.nanos());
    }

    void onTimeout(SctpAssociation.State state, int cumulativeTsn, long now) {
        rto.backOff();
        if (state == SctpAssociation.State.SHUTDOWN_ACK_SENT) {
            sendAck(now);
        } else {
            sendShutdown(cumulativeTsn, now);
        }
    }
}
