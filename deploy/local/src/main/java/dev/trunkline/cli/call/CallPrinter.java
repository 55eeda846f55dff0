package dev.trunkline.cli.call;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.cli.JsonLines;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.codec.EventTypes;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.MediaReport;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/** Shows a call to the person who placed it. */
interface CallPrinter {
    /** @param dialled when the phone was told to dial */
    void event(Envelope envelope, Instant dialled);

    void answered(CallResult.Answered answered, MediaReport media);

    void refused(CallResult.Refused refused);

    void unanswered(Duration waited);

    /** Returns a printer for the requested output format. */
    static CallPrinter of(boolean json, PrintStream out) {
        return json ? new Json(out) : new Words(out);
    }

    /** For people. */
    record Words(PrintStream out) implements CallPrinter {
        @Override
        public void event(Envelope envelope, Instant dialled) {
            double millis = Duration.between(dialled, envelope.time()).toNanos() / 1e6;
            String type = EventTypes.nameOf(envelope.record().getClass());
            out.printf("%9.1f ms  %-24s %s%n",
                    millis, type.substring("dev.trunkline.".length(), type.length() - ".v1".length()),
                    EventWords.of(envelope.record()));
        }

        @Override
        public void answered(CallResult.Answered answered, MediaReport media) {
            out.printf("%nsetup        %.1f ms from INVITE to 200%n", answered.setupNanos() / 1e6);
            if (media.medianEchoMillis().isPresent()) {
                out.printf("echo delay   %.0f ms (median of %d), phone to agent and back%n",
                        media.medianEchoMillis().getAsDouble(), media.echoDelaysMillis().size());
            } else {
                out.println("echo delay   no echo heard");
            }
            out.printf("packets      %d sent, %d received, %d lost, jitter %.1f ms%n",
                    media.packetsSent(), media.packetsReceived(), media.packetsLost(), media.jitterMillis());
        }

        @Override
        public void refused(CallResult.Refused refused) {
            out.printf("%nrefused after %.1f ms: %d %s%s%n",
                    refused.afterNanos() / 1e6, refused.status(), refused.reason(),
                    refused.reasonHeader().map(reason -> ", Reason: " + reason).orElse(""));
        }

        @Override
        public void unanswered(Duration waited) {
            out.println("\nno answer in " + waited.toSeconds() + " s");
        }
    }

    /** For programs: one line for each event, and one with the phone's measurements. */
    record Json(PrintStream out) implements CallPrinter {
        @Override
        public void event(Envelope envelope, Instant dialled) {
            out.println(JsonLines.of(envelope));
        }

        @Override
        public void answered(CallResult.Answered answered, MediaReport media) {
            ObjectNode line = line("answered");
            line.put("setupMillis", answered.setupNanos() / 1e6);
            media.medianEchoMillis().ifPresent(millis -> line.put("echoMillis", millis));
            line.put("packetsSent", media.packetsSent())
                    .put("packetsReceived", media.packetsReceived())
                    .put("packetsLost", media.packetsLost())
                    .put("jitterMillis", media.jitterMillis());
            out.println(line);
        }

        @Override
        public void refused(CallResult.Refused refused) {
            ObjectNode line = line("refused");
            line.put("status", refused.status()).put("reason", refused.reason());
            refused.reasonHeader().ifPresent(reason -> line.put("reasonHeader", reason));
            out.println(line);
        }

        @Override
        public void unanswered(Duration waited) {
            out.println(line("unanswered").put("waitedMillis", waited.toMillis()));
        }

        private static ObjectNode line(String result) {
            return JsonNodeFactory.instance.objectNode().put("result", result);
        }
    }
}
