package dev.trunkline.relay.sdp;

/** The text is no session description; the message names the line and what is wrong with it, without quoting it. */
public final class MalformedSdpException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedSdpException(String message) {
        super(message);
    }
}
