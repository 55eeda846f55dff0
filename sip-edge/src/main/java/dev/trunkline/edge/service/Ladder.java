package dev.trunkline.edge.service;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.edge.hep.HepSender;
import dev.trunkline.edge.ladder.CallMessages;
import dev.trunkline.edge.metrics.EdgeMetrics;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallMessage;
import dev.trunkline.sip.WireTap;
import dev.trunkline.sip.net.HostPort;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Where the messages of calls go, by the settings: to Kafka, to Homer too, or nowhere. */
final class Ladder implements AutoCloseable {
    private final Optional<HepSender> homer;
    private final Optional<CallMessages> messages;

    /** @throws IllegalArgumentException if Homer's address is invalid */
    Ladder(String edge, EdgeSettings.Sip sip, KafkaAddress kafka, InstantSource clock, EdgeMetrics metrics, ContainedFaults faults) {
        if (!sip.messages()) {
            homer = Optional.empty();
            messages = Optional.empty();
            return;
        }
        homer = sip.homer().address().map(host -> new HepSender(
                HostPort.parse(host, HepSender.PORT), sip.homer().agent(), sip.homer().password(), metrics.hepLeftOut(), System::nanoTime));
        Consumer<CallMessage> others = homer.<Consumer<CallMessage>>map(sender -> sender).orElse(message -> { });
        messages = Optional.of(new CallMessages(edge, kafka, clock, metrics.messageLeftOut(), others, faults));
    }

    /** To be told to which call a SIP Call-ID belongs. */
    BiConsumer<String, CallId> names() {
        return messages.<BiConsumer<String, CallId>>map(all -> all::named).orElse((sipCallId, call) -> { });
    }

    /** To be told which messages were sent and received. */
    WireTap tap() {
        return messages.<WireTap>map(all -> all).orElse(WireTap.NONE);
    }

    void start() {
        messages.ifPresent(CallMessages::start);
    }

    @Override
    public void close() {
        messages.ifPresent(CallMessages::close);
        homer.ifPresent(HepSender::close);
    }
}
