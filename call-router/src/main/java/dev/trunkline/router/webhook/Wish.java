package dev.trunkline.router.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.Agent;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** What an application wants to become of the call. */
public sealed interface Wish {

    /**
     * @param agents empty leaves it to the rule; an empty list dispatches none
     * @param metadata for agents that have none of their own; empty leaves it to the rule
     * @param config laid over the call's configuration; empty for nothing
     */
    record Room(String name, Optional<List<Agent>> agents, Optional<String> metadata, Optional<ObjectNode> config)
            implements Wish {
        static Room named(String name) {
            return new Room(name, Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    /** @param target SIP or tel URI */
    record Forward(String target) implements Wish {}

    /** @param target SIP or tel URI that the trunk is to send the caller to by itself */
    record Refer(String target) implements Wish {}

    /**
     * @param status 400 to 699 (RFC 3261 section 21)
     * @param reason the response's reason phrase, one line; empty for the status's own
     */
    record Decline(int status, String reason) implements Wish {}

    /** @param url absolute, http or https: who is asked instead */
    record Redirect(URI url) implements Wish {}
}
