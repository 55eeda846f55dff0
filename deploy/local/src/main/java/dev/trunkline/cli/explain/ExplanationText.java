package dev.trunkline.cli.explain;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Prints the router's explanation of a call. */
final class ExplanationText {
    private final PrintStream out;

    ExplanationText(PrintStream out) {
        this.out = out;
    }

    void print(JsonNode answer) {
        out.println(headline(answer));
        detail("organisation", answer.path("organisation").path("name").asText());
        detail("number", answer.path("number").asText());
        detail("rule", answer.path("rule").asText());
        detail("room", answer.path("room").asText());
        boolean desk = answer.path("desk").asBoolean();
        detail(desk ? "a person" : "agents", desk ? "in the room answers in a browser" : agents(answer));
        detail("answered", answer.path("answerPolicy").asText() + (answer.has("patienceSeconds")
                ? ", %s within %d s".formatted(who(answer), answer.path("patienceSeconds").asInt()) : ""));
        detail("otherwise", fallback(answer.path("fallback")));
        answer.path("onward").forEach(target -> detail(target.path("at").asText(), onward(target)));
        detail("limits", limits(answer.path("limits")));
        detail("config", answer.path("config").isEmpty() ? "" : answer.path("config").toString());
        out.println("\nwhy, by version " + answer.path("directoryVersion").asLong() + " of the directory");
        int width = answer.path("trace").valueStream().mapToInt(step -> step.path("step").asText().length()).max().orElse(1);
        answer.path("trace").forEach(step ->
                out.printf("  %-" + width + "s  %s%n", step.path("step").asText(), step.path("detail").asText()));
    }

    private static String headline(JsonNode answer) {
        String target = answer.path("target").asText();
        return switch (answer.path("outcome").asText()) {
            case "routed" -> isForward(answer) ? "Others would be called for the caller." : "The call would be taken.";
            case "forwarded" -> "The caller's side would be told to call " + target + " itself.";
            case "asks-webhook" -> "The webhook at " + target + " would be asked: add --ask-webhooks to ask it.";
            case "refused" -> "The call would be refused with %d %s: %s".formatted(
                    answer.path("status").asInt(), answer.path("reason").asText(), answer.path("sentence").asText());
            default -> "Outcome: " + answer.path("outcome").asText();
        };
    }

    private static boolean isForward(JsonNode answer) {
        return answer.path("onward").path(0).path("at").asText().startsWith("round");
    }

    private static String who(JsonNode answer) {
        return isForward(answer) ? "one of them" : answer.path("desk").asBoolean() ? "a person" : "an agent";
    }

    /** Describes a target to which the call is forwarded: its trunk and gateways, or why nobody is called there. */
    private static String onward(JsonNode target) {
        String rings = "%s, %d s, ".formatted(target.path("to").asText(), target.path("ringingSeconds").asInt());
        if (target.path("outcome").asText().equals("refused")) {
            return rings + "is not called (%s): %s".formatted(target.path("reason").asText(), target.path("sentence").asText());
        }
        String gateways = target.path("gateways").valueStream().map(ExplanationText::gateway).collect(Collectors.joining(", then "));
        return rings + "by trunk " + target.path("outboundTrunk").asText() + (gateways.isEmpty() ? "" : " at " + gateways);
    }

    private static String gateway(JsonNode gateway) {
        return gateway.path("host").asText()
                + (gateway.has("port") ? ":" + gateway.path("port").asInt() : "")
                + (gateway.has("transport") ? " by " + gateway.path("transport").asText() : "")
                + (gateway.has("up") ? gateway.path("up").asBoolean() ? " (answers)" : " (DOES NOT ANSWER)" : "");
    }

    private static String agents(JsonNode answer) {
        if (!answer.has("agents")) {
            return "";
        }
        List<String> names = answer.path("agents").findValuesAsText("name");
        return names.isEmpty() ? "those that LiveKit dispatches by itself" : String.join(", ", names);
    }

    private static String fallback(JsonNode steps) {
        return steps.valueStream()
                .map(step -> step.path("kind").asText() + " " + step.path("target").asText())
                .collect(Collectors.joining(", then "));
    }

    private static String limits(JsonNode limits) {
        List<String> words = new ArrayList<>();
        JsonNode rate = limits.path("callerRate");
        if (rate.hasNonNull("calls")) {
            words.add("%d calls of one caller in %d s".formatted(rate.path("calls").asInt(), rate.path("windowSeconds").asInt()));
        }
        if (limits.hasNonNull("numberConcurrency")) {
            words.add(limits.path("numberConcurrency").asInt() + " at once to the number");
        }
        if (limits.hasNonNull("organisationConcurrency")) {
            words.add(limits.path("organisationConcurrency").asInt() + " of the organisation");
        }
        JsonNode pool = limits.path("agentPool");
        if (pool.hasNonNull("name")) {
            words.add("%d of agent pool %s".formatted(pool.path("sessions").asInt(), pool.path("name").asText()));
        }
        return String.join(", ", words);
    }

    private void detail(String name, String text) {
        if (!text.isEmpty()) {
            out.printf("  %-13s %s%n", name, text);
        }
    }
}
