package dev.trunkline.bus;

import io.smallrye.reactive.messaging.ChannelRegistry;
import io.smallrye.reactive.messaging.kafka.KafkaConnector;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;

/**
 * The channel {@code calls} of a service, through which SmallRye delivers each event. It waits, without being a member of the group,
 * until the service opens it. It exists in services whose {@code application.properties} index this module and contain the settings
 * of the channel.
 */
@ApplicationScoped
public class CallsChannel implements CallEventChannel.Connection {
    static final String NAME = "calls";

    private final ChannelRegistry channels;
    private final KafkaConnector connector;
    private final Event<ChannelLost> losses;
    private final AtomicReference<Optional<CallEventChannel>> opened = new AtomicReference<>(Optional.empty());

    CallsChannel(
            ChannelRegistry channels, @Connector(KafkaConnector.CONNECTOR_NAME) KafkaConnector connector, Event<ChannelLost> losses) {
        this.channels = channels;
        this.connector = connector;
        this.losses = losses;
    }

    @Incoming(NAME)
    CompletionStage<Void> take(Message<byte[]> event) {
        return opened.get().orElseThrow().take(event);
    }

    @Override
    public void open(CallEventChannel channel) {
        opened.set(Optional.of(channel));
        channels.getPausable(NAME).resume();
    }

    /** Earlier than the container would, which first closes what handlers need. */
    @Override
    public void close() {
        connector.terminate(this);
    }

    @Override
    public void lost() {
        losses.fire(new ChannelLost(NAME));
    }
}
