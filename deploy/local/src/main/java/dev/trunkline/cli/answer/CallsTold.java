package dev.trunkline.cli.answer;

import dev.trunkline.phone.AnsweringPhone;
import dev.trunkline.phone.CallEnd;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.TakenCall;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Reports each call of a phone as it arrives, each on a thread of its own. */
record CallsTold(AnsweringPhone phone, CallPrinter printer, CountDownLatch over) implements Runnable {
    private static final Duration LONG = Duration.ofDays(1);

    @Override
    public void run() {
        for (int number = 1; ; number++) {
            int call = number;
            Optional<TakenCall> next = next();
            if (next.isEmpty()) {
                return;
            }
            Thread.startVirtualThread(() -> tell(call, next.get()));
        }
    }

    private Optional<TakenCall> next() {
        while (true) {
            try {
                return Optional.of(phone.awaitCall(LONG));
            } catch (IllegalStateException e) {
                // Nobody called all day.
                continue;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
    }

    private void tell(int number, TakenCall call) {
        try {
            printer.rings(number, call);
            CallResult result = call.awaitFinal(LONG);
            printer.settled(number, call, result);
            if (result instanceof CallResult.Answered) {
                Optional<CallEnd> end = call.awaitEnd(LONG);
                printer.over(number, call, end);
            }
        } finally {
            over.countDown();
        }
    }
}
