package dev.trunkline.cli.answer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.phone.CallEnd;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.MediaReport;
import dev.trunkline.phone.ReceivedDigit;
import dev.trunkline.phone.TakenCall;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Shows calls to the person who runs the phone. */
interface CallPrinter {
    void ready(InetSocketAddress address);

    /** @param number of the call, from 1 */
    void rings(int number, TakenCall call);

    void settled(int number, TakenCall call, CallResult result);

    /** @param end empty if the call did not end within a day */
    void over(int number, TakenCall call, Optional<CallEnd> end);

    private static String who(CallEnd.By by) {
        return switch (by) {
            case PHONE -> "this phone hung up";
            case FAR_END -> "the other side hung up";
            case VANISHED -> "the phone dropped off";
        };
    }

    private static String keys(MediaReport media) {
        return media.digits().stream().map(ReceivedDigit::digit).map(String::valueOf).collect(Collectors.joining());
    }

    /** For people. */
    record Words(PrintStream out) implements CallPrinter {
        @Override
        public void ready(InetSocketAddress address) {
            out.printf("a phone at %s:%d, UDP; Ctrl-C ends it%n", address.getAddress().getHostAddress(), address.getPort());
        }

        @Override
        public void rings(int number, TakenCall call) {
            out.printf("%d  called %s, From %s, Call-ID %s%n", number, call.called(), call.invite().headers().require("From"), call.invite().callId());
        }

        @Override
        public void settled(int number, TakenCall call, CallResult result) {
            out.printf("%d  %s%n", number, switch (result) {
                case CallResult.Answered _ -> "answered, " + call.media().codec();
                case CallResult.Refused(int status, String reason, var _, var _) -> "refused, " + status + " " + reason;
                case CallResult.Cancelled _ -> "cancelled by the other side";
                case CallResult.TimedOut _ -> "answered, but no ACK arrived";
                case CallResult.Vanished _ -> "ended with this phone";
            });
        }

        @Override
        public void over(int number, TakenCall call, Optional<CallEnd> end) {
            MediaReport media = call.media();
            String keys = keys(media);
            out.printf("%d  over after %.1f s, %s%s; %d packets received, %d sent, %d lost, jitter %.1f ms%s%n",
                    number, end.map(CallEnd::upNanos).orElse(0L) / 1e9, end.map(CallEnd::by).map(CallPrinter::who).orElse("still ongoing"),
                    end.flatMap(CallEnd::reason).map(" (Reason: %s)"::formatted).orElse(""), media.packetsReceived(),
                    media.packetsSent(), media.packetsLost(), media.jitterMillis(), keys.isEmpty() ? "" : ", keys " + keys);
        }
    }

    /** For programs. */
    record Json(PrintStream out) implements CallPrinter {
        @Override
        public void ready(InetSocketAddress address) {
            out.println(JsonNodeFactory.instance.objectNode().put("event", "ready")
                    .put("address", address.getAddress().getHostAddress()).put("port", address.getPort()));
        }

        @Override
        public void rings(int number, TakenCall call) {
            out.println(line("rings", number, call).put("called", call.called()).put("from", call.invite().headers().require("From")));
        }

        @Override
        public void settled(int number, TakenCall call, CallResult result) {
            ObjectNode line = switch (result) {
                case CallResult.Answered _ -> line("answered", number, call).put("codec", call.media().codec().name());
                case CallResult.Refused refused -> line("refused", number, call).put("status", refused.status());
                case CallResult.Cancelled _ -> line("cancelled", number, call);
                case CallResult.TimedOut _ -> line("no-ack", number, call);
                case CallResult.Vanished _ -> line("vanished", number, call);
            };
            out.println(line);
        }

        @Override
        public void over(int number, TakenCall call, Optional<CallEnd> end) {
            MediaReport media = call.media();
            ObjectNode line = line("over", number, call).put("packetsReceived", media.packetsReceived())
                    .put("packetsSent", media.packetsSent())
                    .put("packetsLost", media.packetsLost())
                    .put("jitterMillis", media.jitterMillis())
                    .put("keys", keys(media));
            end.ifPresent(told -> line.put("by", told.by().name().toLowerCase(Locale.ROOT)).put("upMillis", told.upNanos() / 1_000_000));
            end.flatMap(CallEnd::reason).ifPresent(reason -> line.put("reason", reason));
            out.println(line);
        }

        private static ObjectNode line(String event, int number, TakenCall call) {
            return JsonNodeFactory.instance.objectNode().put("event", event).put("call", number).put("callId", call.invite().callId());
        }
    }
}
