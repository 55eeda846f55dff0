package dev.trunkline.psrpc;

/**
 * A method of a service with its options ({@code psrpc.options} in LiveKit's .proto files).
 *
 * @param claimed whether servers offer to take a request, and the client chooses one of them
 * @param queued whether each request is handled by only one server, the first to acquire its lock
 */
public record RpcMethod(String service, String name, boolean claimed, boolean queued) {

    /** Returns a method that one server answers, chosen by its claim: psrpc's default for a method without options. */
    public static RpcMethod single(String service, String name) {
        return new RpcMethod(service, name, true, true);
    }

    /** Returns a method that every server answers. */
    public static RpcMethod multi(String service, String name) {
        return new RpcMethod(service, name, false, false);
    }

    /** @param topic empty for none */
    String requests(String topic) {
        return Channels.of(service, name, topic, "REQ");
    }

    /** Returns the channel on which clients announce the server that they have chosen. */
    String grants(String topic) {
        return Channels.of(service, name, topic, "RCLAIM");
    }
}
