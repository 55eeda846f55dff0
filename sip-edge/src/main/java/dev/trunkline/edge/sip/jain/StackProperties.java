package dev.trunkline.edge.sip.jain;

import dev.trunkline.edge.sip.ListenSettings;
import java.util.Properties;

/** What the JAIN-SIP stack is told at its start. */
final class StackProperties {
    /** In bytes; a longer one is answered with 513, or with 400 where its datagram was cut. */
    static final int LONGEST_MESSAGE = 8192;

    private StackProperties() {}

    static Properties of(ListenSettings settings) {
        var properties = new Properties();
        properties.setProperty("javax.sip.STACK_NAME", "edge-" + settings.listeners().getFirst().port());
        // Dialogs are ours: plain records that outlive the process.
        properties.setProperty("javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off");
        properties.setProperty("gov.nist.javax.sip.AUTOMATIC_DIALOG_ERROR_HANDLING", "false");
        // A NOTIFY without a subscription is answered by us, not swallowed.
        properties.setProperty("gov.nist.javax.sip.DELIVER_UNSOLICITED_NOTIFY", "true");
        // The default keeps 64 KiB for each datagram in the queue.
        properties.setProperty("gov.nist.javax.sip.MAX_MESSAGE_SIZE", Integer.toString(LONGEST_MESSAGE));
        // The default starts a thread for each datagram, and several would let an INVITE overtake the ACK before it.
        // One reads and parses all; what it reads goes on in the mailboxes of the calls.
        properties.setProperty("gov.nist.javax.sip.THREAD_POOL_SIZE", "1");
        // Otherwise one thread hands all requests over, one after another.
        properties.setProperty("gov.nist.javax.sip.REENTRANT_LISTENER", "true");
        // How many may wait to be read is ours to say, and to count: the stack would drop them without a word.
        properties.setProperty("gov.nist.javax.sip.CONGESTION_CONTROL_TIMEOUT", "0");
        properties.setProperty(
                "gov.nist.javax.sip.RECEIVE_UDP_BUFFER_SIZE", Integer.toString(settings.receiveBufferBytes()));
        properties.setProperty("gov.nist.javax.sip.STACK_LOGGER", QuietStackLogger.class.getName());
        properties.setProperty("gov.nist.javax.sip.SERVER_LOGGER", QuietServerLogger.class.getName());
        properties.setProperty("gov.nist.javax.sip.TRACE_LEVEL", "0");
        // The other strategies drop the request of an INVITE only when its transaction is over, which is no gain, and a
        // 2xx may have to be repeated after that.
        properties.setProperty("gov.nist.javax.sip.RELEASE_REFERENCES_STRATEGY", "None");
        return properties;
    }
}
