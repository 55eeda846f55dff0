package dev.trunkline.router.rules;

import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.router.fields.Fields;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Reads a rule's fallback chain: a list of steps, each with one field that determines its kind. */
final class FallbackReader {
    private static final int MOST_STEPS = 8;
    private static final String KINDS = Arrays.stream(FallbackKind.values())
            .map(FallbackKind::code)
            .collect(Collectors.joining(", "));
    private static final Fallback UNREAD = new Fallback(FallbackKind.REFUSE, "480", "", 0);

    private FallbackReader() {}

    static List<Fallback> read(Fields rule) {
        List<Fields> steps = rule.objects("fallback");
        if (steps.size() > MOST_STEPS) {
            rule.fault("fallback", "a caller does not wait for so many: write at most %d steps".formatted(MOST_STEPS));
        }
        List<Fallback> read = steps.stream().map(FallbackReader::step).toList();
        for (int i = 0; i < read.size() - 1; i++) {
            if (read.get(i).kind() == FallbackKind.REFUSE && read.get(i) != UNREAD) {
                rule.fault("fallback[" + i + "]", "a refusal ends the call: write it last");
            }
        }
        return read;
    }

    private static Fallback step(Fields step) {
        List<FallbackKind> kinds = Arrays.stream(FallbackKind.values())
                .filter(kind -> step.has(kind.code()))
                .toList();
        Fallback read = UNREAD;
        if (kinds.size() == 1) {
            read = of(kinds.getFirst(), step);
        } else {
            step.fault("", "write one of %s here, for example {\"agent\": \"night\"}".formatted(KINDS));
        }
        step.nothingElse();
        return read;
    }

    private static Fallback of(FallbackKind kind, Fields step) {
        String field = kind.code();
        if (kind == FallbackKind.REFUSE) {
            OptionalInt status = step.integer(field, 400, 699);
            return new Fallback(kind, Integer.toString(status.orElse(480)), "", 0);
        }
        String target = switch (kind) {
            case AGENT -> step.text(field, "the name that the agent registers with");
            case FORWARD -> target(step, field);
            case REFER -> Addresses.sipOrNumber(step, field);
            case ANNOUNCEMENT -> step.text(field, "the name of the sound");
            case VOICEMAIL -> step.text(field, "the name of the sound that asks for a message");
            case REFUSE -> throw new IllegalStateException("read above");
        };
        return switch (kind) {
            case AGENT -> new Fallback(
                    kind, target, step.textOrJson("metadata"),
                    step.integer("patience_seconds", 1, TermsReader.MOST_PATIENCE_SECONDS).orElse(0));
            case FORWARD -> new Fallback(
                    kind, target, "", step.integer("patience_seconds", 1, Forwards.MOST_RING_SECONDS).orElse(0),
                    step.optionalText("trunk").filter(name -> !name.isEmpty()));
            case REFER, ANNOUNCEMENT, VOICEMAIL, REFUSE -> new Fallback(kind, target, "", 0);
        };
    }

    private static String target(Fields step, String field) {
        String target = step.text(field, "a number, or a SIP URI, for example \"sip:desk@pbx.example\"");
        if (!target.isEmpty()) {
            Addresses.target(target).ifPresent(problem -> step.fault(field, problem));
        }
        return target;
    }
}
