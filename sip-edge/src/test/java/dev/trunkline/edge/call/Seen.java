package dev.trunkline.edge.call;

import dev.trunkline.events.CallEvent;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.OutgoingResponse;
import java.util.List;
import java.util.stream.Stream;

/** The effects of a step, by kind. */
record Seen(Step step) {

    static Seen of(CallState state, CallInput... inputs) {
        Step step = Step.to(state);
        for (CallInput input : inputs) {
            step = Given.MACHINE.on(step.next(), input);
        }
        return new Seen(step);
    }

    CallState state() {
        return step.next();
    }

    List<Integer> statuses(Effect.Transaction transaction) {
        return replies(transaction).map(OutgoingResponse::status).toList();
    }

    OutgoingResponse reply(Effect.Transaction transaction) {
        return replies(transaction).reduce((first, second) -> second).orElseThrow();
    }

    String header(Effect.Transaction transaction, String name) {
        return reply(transaction).headers().stream()
                .filter(header -> header.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private Stream<OutgoingResponse> replies(Effect.Transaction transaction) {
        return each(Effect.Respond.class)
                .filter(respond -> respond.transaction() == transaction)
                .map(Effect.Respond::reply);
    }

    List<CallEvent> published() {
        return each(Effect.Publish.class).map(Effect.Publish::event).toList();
    }

    <E extends CallEvent> E published(Class<E> type) {
        return type.cast(published().getFirst());
    }

    MediaOffered offered() {
        return each(Effect.PublishOffered.class).findFirst().orElseThrow().offered();
    }

    OutgoingRequest asked() {
        return each(Effect.Ask.class).findFirst().orElseThrow().request();
    }

    OutgoingRequest sent() {
        return each(Effect.Send.class).findFirst().orElseThrow().request();
    }

    boolean does(Class<? extends Effect> type) {
        return each(type).findAny().isPresent();
    }

    List<CallTimer> started() {
        return each(Effect.Start.class).map(Effect.Start::timer).toList();
    }

    List<CallTimer> stopped() {
        return each(Effect.Stop.class).map(Effect.Stop::timer).toList();
    }

    <E extends Effect> Stream<E> each(Class<E> type) {
        return step.effects().stream().filter(type::isInstance).map(type::cast);
    }
}
