package dev.trunkline.sip.transport.tls;

/** A certificate, key or authority that cannot be used; the message says which file and what to do. */
public final class UnusableCertificateException extends Exception {
    public UnusableCertificateException(String message) {
        super(message);
    }

    public UnusableCertificateException(String message, Throwable cause) {
        super(message, cause);
    }
}
