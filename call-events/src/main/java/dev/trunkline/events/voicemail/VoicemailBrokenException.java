package dev.trunkline.events.voicemail;

import java.io.IOException;

/** A sealed message that cannot be opened; the exception's text contains no number and no key. */
public final class VoicemailBrokenException extends IOException {
    VoicemailBrokenException(String message) {
        super(message);
    }
}
