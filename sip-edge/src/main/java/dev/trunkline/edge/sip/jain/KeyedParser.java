package dev.trunkline.edge.sip.jain;

import gov.nist.javax.sip.header.RequestLine;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import gov.nist.javax.sip.parser.RequestLineParser;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.text.ParseException;
import javax.sip.message.Request;

/**
 * The stack's parser, whose requests name their transaction as RFC 3261 section 17.2.3 says: by branch, sent-by and method.
 * The stack takes the branch alone, and two clients with the same one would be one.
 */
final class KeyedParser extends StringMsgParser {
    @Override
    protected SIPMessage processFirstLine(String line, ParseExceptionListener listener, byte[] bytes)
            throws ParseException {
        if (line.startsWith("SIP/")) {
            return super.processFirstLine(line, listener, bytes);
        }
        var request = new KeyedRequest();
        try {
            request.setRequestLine(new RequestLineParser(line + "\n").parse());
        } catch (ParseException e) {
            listener.handleException(e, request, RequestLine.class, line, "");
        }
        return request;
    }

    private static final class KeyedRequest extends SIPRequest {
        @Override
        public String getTransactionId() {
            String method = getCSeq().getMethod();
            // The ACK of a refusal belongs to the transaction of its INVITE.
            return super.getTransactionId() + " " + getTopmostVia().getSentBy().encode().toLowerCase(java.util.Locale.ROOT)
                    + " " + (method.equals(Request.ACK) ? Request.INVITE : method);
        }
    }
}
