package dev.trunkline.bus;

import dev.trunkline.events.DtmfReceived;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A member of a group in a process of its own, which a test can kill: it takes events and never finishes one. */
final class MemberProcess {
    private MemberProcess() {}

    public static void main(String[] args) throws Exception {
        KafkaAddress kafka = KafkaAddress.of(args[0]);
        var group = new CallEventGroup(
                kafka, args[1], args[2], Set.of(DtmfReceived.class),
                envelope -> {
                    System.out.println("took " + envelope.callId());
                    return new CompletableFuture<>();
                },
                new CallEventPublisher(kafka, args[2]));
        group.start();
        Thread.currentThread().join();
    }

    static Process start(KafkaAddress kafka, String group, String instance) throws Exception {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp", System.getProperty("java.class.path"),
                        "-XX:TieredStopAtLevel=1", "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        MemberProcess.class.getName(), kafka.bootstrapServers(), group, instance)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
