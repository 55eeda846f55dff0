package dev.trunkline.rtc.sctp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** An association that records the calls of its listener. */
final class Peer implements SctpListener {

    record Message(String label, boolean binary, byte[] bytes) {
        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    final SctpAssociation association;
    final List<Message> messages = new ArrayList<>();
    final List<DataChannel> opened = new ArrayList<>();
    final List<String> closed = new ArrayList<>();
    Optional<SctpEnd> end = Optional.empty();
    private final String name;
    private Consumer<byte[]> outgoing = _ -> { };

    Peer(String name, SctpSettings settings, LongSupplier clock, RandomGenerator random) {
        this.name = name;
        association = new SctpAssociation(settings, clock, random, packet -> outgoing.accept(packet), this);
    }

    void connect(Consumer<byte[]> outgoing) {
        this.outgoing = outgoing;
    }

    boolean isUp() {
        return association.state() == SctpAssociation.State.ESTABLISHED;
    }

    long channelBuffers() {
        return association.channels().stream().mapToLong(DataChannel::bufferedAmount).sum();
    }

    List<String> texts(String label) {
        return messages.stream().filter(m -> m.label().equals(label)).map(Message::text).toList();
    }

    DataChannel channel(String label) {
        return opened.stream().filter(c -> c.label().equals(label)).findFirst().orElseThrow();
    }

    @Override
    public void onOpen(DataChannel channel) {
        opened.add(channel);
    }

    @Override
    public void onMessage(DataChannel channel, boolean binary, byte[] message) {
        messages.add(new Message(channel.label(), binary, message));
    }

    @Override
    public void onClosed(DataChannel channel) {
        closed.add(channel.label());
    }

    @Override
    public void onEnded(SctpEnd end) {
        this.end = Optional.of(end);
    }

    @Override
    public String toString() {
        return name + " " + association.state() + " " + messages.size() + " messages " + end;
    }
}
