package dev.trunkline.edge.sip.jain;

import dev.trunkline.edge.sip.ServerTransaction;
import dev.trunkline.edge.sip.SipReply;
import dev.trunkline.edge.sip.SipRequest;
import gov.nist.javax.sip.message.SIPRequest;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.sip.InvalidArgumentException;
import javax.sip.SipException;
import javax.sip.header.CSeqHeader;
import javax.sip.header.CallIdHeader;
import javax.sip.header.ContentLengthHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.ToHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Response;
import org.jboss.logging.Logger;

/** One server transaction of the stack. */
final class JainServerTransaction implements ServerTransaction {
    private static final Logger LOG = Logger.getLogger(JainServerTransaction.class);

    private static final Set<String> KEPT = Set.of(
            ViaHeader.NAME, FromHeader.NAME, ToHeader.NAME, CallIdHeader.NAME, CSeqHeader.NAME, ContentLengthHeader.NAME);

    private final SIPRequest raw;
    private final SipRequest request;
    private final javax.sip.ServerTransaction transaction;
    private final Composer composer;
    private final Duration waited;
    private volatile Optional<Response> repeated = Optional.empty();

    /**
     * @param request the same as {@code raw}
     * @param waited since it came
     */
    JainServerTransaction(
            SIPRequest raw,
            SipRequest request,
            javax.sip.ServerTransaction transaction,
            Composer composer,
            Duration waited) {
        this.raw = raw;
        this.request = request;
        this.transaction = transaction;
        this.composer = composer;
        this.waited = waited;
    }

    @Override
    public SipRequest request() {
        return request;
    }

    @Override
    public Duration waited() {
        return waited;
    }

    @Override
    public void respond(SipReply reply) {
        try {
            Response response = composer.response(raw, reply);
            if (reply.isRepeated()) {
                repeated = Optional.of(response);
            }
            transaction.sendResponse(response);
            if (reply.status() >= 300) {
                slim();
            }
        } catch (SipException | InvalidArgumentException | ParseException e) {
            // The peer's own headers (Via, Record-Route) can make an answer impossible; its transaction will time out.
            LOG.warnf("%s could not be answered with %d: %s", request.method(), reply.status(), e.getClass().getSimpleName());
        }
    }

    /**
     * The stack keeps the request of a refused INVITE until some seconds after its ACK, whatever it is told of releasing
     * references; answers it repeats from bytes. Only what names the transaction is still asked for.
     */
    private void slim() {
        for (var names = raw.getHeaderNames(); names.hasNext(); ) {
            String name = names.next();
            if (!KEPT.contains(name)) {
                raw.removeHeader(name);
            }
        }
        if (raw.getContentLength() != null) {
            raw.removeContent();
        }
    }

    @Override
    public void repeat() {
        repeated.ifPresent(response -> {
            try {
                transaction.sendResponse(response);
            } catch (SipException | InvalidArgumentException e) {
                LOG.warnf("%s: its response could not be repeated: %s", request.method(), e.getClass().getSimpleName());
            }
        });
    }
}
