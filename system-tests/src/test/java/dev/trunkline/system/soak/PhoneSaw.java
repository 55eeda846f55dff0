package dev.trunkline.system.soak;

import java.util.Optional;

/** How a call ended, as its phone saw it. */
sealed interface PhoneSaw {
    /** It was answered. @param farEnd whether the suite hung up @param reason code of the suite's BYE, if it hung up and gave one */
    record Answered(boolean farEnd, Optional<String> reason) implements PhoneSaw {}

    /** It was refused. @param reason code in the response, if it had one */
    record Refused(int status, Optional<String> reason) implements PhoneSaw {}

    /** The phone gave up. @param answeredFirst whether the answer crossed its CANCEL */
    record Cancelled(boolean answeredFirst) implements PhoneSaw {}

    /** The phone disappeared from the network. */
    record Vanished() implements PhoneSaw {}

    /** There was no final response. */
    record NoAnswer() implements PhoneSaw {}
}
