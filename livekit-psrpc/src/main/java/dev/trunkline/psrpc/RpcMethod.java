package dev.trunkline.psrpc;

/**
 * A method of a service, with what its definition says of it ({@code psrpc.options} in LiveKit's .proto files).
 *
 * @param claimed whether servers offer to take a request, and the client chooses one of them
 * @param queued whether each request is offered to one server alone, whoever gets its lock first
 */
public record RpcMethod(String service, String name, boolean claimed, boolean queued) {

    /** A method that one server answers, chosen by its claim: what psrpc makes of a method without options. */
    public static RpcMethod single(String service, String name) {
        return new RpcMethod(service, name, true, true);
    }

    /** A method that every server answers. */
    public static RpcMethod multi(String service, String name) {
        return new RpcMethod(service, name, false, false);
    }

    /** @param topic empty for none */
    String requests(String topic) {
        return Channels.of(service, name, topic, "REQ");
    }

    /** Where clients say whom they have chosen. */
    String grants(String topic) {
        return Channels.of(service, name, topic, "RCLAIM");
    }
}
