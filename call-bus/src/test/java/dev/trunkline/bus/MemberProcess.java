package dev.trunkline.bus;

import dev.trunkline.events.CallRecord;
import dev.trunkline.events.DtmfReceived;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A member of a group in a process of its own, which a test can kill: it receives events and never finishes one.
 */
final class MemberProcess {
    private MemberProcess() {}

    /** The reader that polls for the member. */
    enum Kind { GROUP, CHANNEL }

    public static void main(String[] args) throws Exception {
        KafkaAddress kafka = KafkaAddress.of(args[0]);
        var letters = new CallEventPublisher(kafka, args[2]);
        EventHandler handler = envelope -> {
            System.out.println("took " + envelope.callId());
            return new CompletableFuture<>();
        };
        Set<Class<? extends CallRecord>> handled = Set.of(DtmfReceived.class);
        switch (Kind.valueOf(args[3])) {
            case GROUP -> new CallEventGroup(kafka, args[1], args[2], handled, handler, letters).start();
            case CHANNEL -> new CallEventChannel(
                            kafka, args[1], args[2], handled, handler, letters, ContainedFaults.logged(),
                            ChannelByHand.with(ChannelByHand.SETTINGS))
                    .start();
        }
        Thread.currentThread().join();
    }

    static Process start(KafkaAddress kafka, String group, String instance, Kind kind) throws Exception {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp", System.getProperty("java.class.path"),
                        "-XX:TieredStopAtLevel=1", "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        MemberProcess.class.getName(), kafka.bootstrapServers(), group, instance, kind.name())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
