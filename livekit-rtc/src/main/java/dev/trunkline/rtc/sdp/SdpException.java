package dev.trunkline.rtc.sdp;

/** A session description that cannot be used; the message says what is missing. */
public final class SdpException extends Exception {

    private static final long serialVersionUID = 1L;

    public SdpException(String message) {
        super(message);
    }
}
