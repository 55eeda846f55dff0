package dev.trunkline.bench;

import dev.trunkline.phone.Answering;
import dev.trunkline.phone.AnsweringPhone;
import dev.trunkline.phone.PhoneSettings;
import java.io.IOException;
import java.time.Duration;

/** An echoing phone at the demo's outbound trunk. It answers at once, so the time measured for a second leg is the suite's. */
final class CalledPhone implements AutoCloseable {
    /** The gateway of the demo data. */
    private static final String ADDRESS = "127.0.0.1";
    private static final int PORT = 5070;

    /** The suite probes a gateway that did not answer less and less often. */
    private static final int MOST_TRIES = 40;
    private static final long BETWEEN_MILLIS = 3_000;

    private final AnsweringPhone phone;

    private CalledPhone(AnsweringPhone phone) {
        this.phone = phone;
    }

    static CalledPhone open() throws IOException {
        return new CalledPhone(AnsweringPhone.open(PhoneSettings.answering(ADDRESS, PORT), Answering.after(Duration.ZERO)));
    }

    /** Calls the phone until it answers. @throws IOException that says what came instead at the last attempt */
    void awaitFound(Calls calls, String number) throws IOException, InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                calls.setupOneByOne(number, 1);
                return;
            } catch (IOException e) {
                if (tries == MOST_TRIES) {
                    throw e;
                }
                Thread.sleep(BETWEEN_MILLIS);
            }
        }
    }

    @Override
    public void close() {
        phone.close();
    }
}
